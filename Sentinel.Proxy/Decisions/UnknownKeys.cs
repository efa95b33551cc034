using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Which keys nobody had bound a moment ago, so that a client that repeats a wrong key does not ask the stores each
/// time. It proves nothing: the statement that claims a key decides. It has its own room, so that no number of unknown
/// keys takes the place of a binding.
/// </summary>
internal sealed class UnknownKeys(IOptions<DecisionOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<KeyFingerprint, long> _readAt = new();
    private int _count;
    private long _change;

    /// <summary>Whether a key was unknown a moment ago.</summary>
    public bool Contains(KeyFingerprint fingerprint) =>
        _readAt.TryGetValue(fingerprint, out var readAt)
        && clock.GetElapsedTime(readAt) < options.Value.UnknownKeyLifetime;

    /// <summary>Begins to read; what is found then is noted only if no key has become known meanwhile.</summary>
    public long BeginReading() => Volatile.Read(ref _change);

    /// <summary>Notes that a key was unknown.</summary>
    /// <param name="fingerprint">The key.</param>
    /// <param name="reading">What <see cref="BeginReading"/> said before it was read.</param>
    /// <param name="readAt">When that was.</param>
    public void Note(KeyFingerprint fingerprint, long reading, long readAt)
    {
        if (_readAt.TryAdd(fingerprint, readAt))
        {
            if (Interlocked.Increment(ref _count) > options.Value.UnknownKeyEntries)
            {
                Clear();
            }
        }
        else
        {
            _readAt[fingerprint] = readAt;
        }

        // Whoever made a key known since then looked for this entry before it was there.
        if (BeginReading() != reading)
        {
            Forget(fingerprint);
        }
    }

    /// <summary>Forgets that a key was unknown, and what is being read about others.</summary>
    public void Drop(KeyFingerprint fingerprint)
    {
        Interlocked.Increment(ref _change);
        Forget(fingerprint);
    }

    private void Forget(KeyFingerprint fingerprint)
    {
        if (_readAt.TryRemove(fingerprint, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private void Clear()
    {
        Volatile.Write(ref _count, 0);
        _readAt.Clear();
    }
}
