using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;

namespace Sentinel.Proxy.Trail;

/// <summary>Notes when and from where bound keys are used; only the last use of each is written.</summary>
internal sealed class LastUses(BindingStore store, IOptions<TrailOptions> options) : ITrailWriter
{
    private const int BatchSize = 1000;
    private readonly ConcurrentDictionary<Guid, Use> _uses = new();

    public TimeSpan Interval { get; } = options.Value.LastUseInterval;

    /// <summary>Allocates nothing for a key that was used within the last interval.</summary>
    public void Note(Guid bindingId, ClientAddress caller, DateTimeOffset now)
    {
        while (!_uses.GetOrAdd(bindingId, static _ => new Use()).TryNote(caller, now))
        {
            // It was just dropped for having been idle; the next one is new.
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in TakeNoted().Chunk(BatchSize))
        {
            await store.TouchAsync(batch, cancellationToken);
        }
    }

    private List<LastUse> TakeNoted()
    {
        List<LastUse> noted = [];
        foreach (var (bindingId, use) in _uses)
        {
            if (use.TryTake(bindingId, out var lastUse))
            {
                noted.Add(lastUse);
            }
            else
            {
                _uses.TryRemove(bindingId, out _);
            }
        }

        return noted;
    }

    private sealed class Use
    {
        private readonly Lock _lock = new();
        private ClientAddress _caller;
        private DateTimeOffset _at;
        private bool _isNoted;
        private bool _isDropped;

        public bool TryNote(ClientAddress caller, DateTimeOffset at)
        {
            lock (_lock)
            {
                (_caller, _at, _isNoted) = (caller, at, true);
                return !_isDropped;
            }
        }

        /// <summary>Takes the note since the last time; if there is none, nothing can be noted here again.</summary>
        public bool TryTake(Guid bindingId, [NotNullWhen(true)] out LastUse? lastUse)
        {
            lock (_lock)
            {
                lastUse = _isNoted ? new LastUse(bindingId, _at, _caller) : null;
                _isDropped = !_isNoted;
                _isNoted = false;
                return lastUse is not null;
            }
        }
    }
}
