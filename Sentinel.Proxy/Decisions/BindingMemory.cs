using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// What this replica remembers of bindings. An older version never replaces a newer one, and a change that was rung for
/// is a version too: whoever read the row before cannot bring it back. Two generations bound it: when the younger is
/// half of all, it becomes the older, and what nobody asked for since is forgotten.
/// </summary>
internal sealed class BindingMemory(IOptions<DecisionOptions> options, ChangeWatch watch)
{
    private readonly int _generationSize = options.Value.MemoryEntries / 2;
    private readonly Lock _turning = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>How many entries there are, about.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>Takes a binding from memory, if memory can be trusted about it. Allocates nothing.</summary>
    public bool TryRecall(KeyFingerprint fingerprint, [NotNullWhen(true)] out Binding? binding)
    {
        binding = null;
        if (!_young.Entries.TryGetValue(fingerprint, out var entry))
        {
            if (!_old.Entries.TryGetValue(fingerprint, out entry))
            {
                return false;
            }

            Put(fingerprint, entry);
        }

        binding = watch.CanTrust(entry.ReadAt) ? entry.Binding : null;
        return binding is not null;
    }

    /// <summary>Takes a binding from memory, however old it is: for the time in which nobody can be asked.</summary>
    public Binding? RecallLastKnown(KeyFingerprint fingerprint) =>
        _young.Entries.TryGetValue(fingerprint, out var entry) || _old.Entries.TryGetValue(fingerprint, out entry)
            ? entry.Binding
            : null;

    /// <summary>Whether a binding that somebody else remembers is older than what is known here.</summary>
    public bool IsOutdated(Binding binding) =>
        (_young.Entries.TryGetValue(binding.Fingerprint, out var entry)
            || _old.Entries.TryGetValue(binding.Fingerprint, out entry))
        && entry.Version > binding.Version;

    /// <summary>Remembers a binding that was read no earlier than at a time, unless a newer version is known.</summary>
    public void Remember(Binding binding, long readAt) =>
        Put(binding.Fingerprint, new Entry(binding.Version, binding, readAt));

    /// <summary>Forgets a binding that is older than a version.</summary>
    public void Forget(KeyFingerprint fingerprint, long version) => Put(fingerprint, new Entry(version, null, 0));

    private void Put(KeyFingerprint fingerprint, Entry entry)
    {
        Generation young;
        do
        {
            young = _young;
            if (_old.Entries.TryGetValue(fingerprint, out var older))
            {
                young.Put(fingerprint, older);
            }

            young.Put(fingerprint, entry);
            if (young.Count > _generationSize)
            {
                Turn(young);
            }
        }
        while (!ReferenceEquals(young, _young));
    }

    private void Turn(Generation full)
    {
        lock (_turning)
        {
            if (ReferenceEquals(_young, full))
            {
                _old = full;
                _young = new Generation();
            }
        }
    }

    private sealed class Generation
    {
        private int _count;

        public ConcurrentDictionary<KeyFingerprint, Entry> Entries { get; } = new();

        /// <summary>The dictionary's own count takes all of its locks.</summary>
        public int Count => Volatile.Read(ref _count);

        public void Put(KeyFingerprint fingerprint, Entry entry)
        {
            while (!Entries.TryAdd(fingerprint, entry))
            {
                if (!Entries.TryGetValue(fingerprint, out var known)
                    || !entry.Replaces(known)
                    || Entries.TryUpdate(fingerprint, entry, known))
                {
                    return;
                }
            }

            Interlocked.Increment(ref _count);
        }
    }

    private sealed record Entry(long Version, Binding? Binding, long ReadAt)
    {
        /// <summary>A ring for the version that is already remembered takes nothing away.</summary>
        public bool Replaces(Entry known) =>
            Version > known.Version || (Version == known.Version && Binding is not null && ReadAt >= known.ReadAt);
    }
}
