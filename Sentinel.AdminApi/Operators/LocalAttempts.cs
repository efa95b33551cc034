using Sentinel.Storage.Redis;

namespace Sentinel.AdminApi.Operators;

/// <summary>
/// Counts attempts in memory, for when Redis is away. Holds at most 10,000 counts; the ones that end first go first.
/// </summary>
internal sealed class LocalAttempts(TimeProvider clock)
{
    private const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, (int Count, DateTimeOffset EndsAt)> _counts = [];

    public AttemptCount Count(AttemptKey key, int limit, TimeSpan window)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var (fromNetwork, endsAt) = Increment(key, now, window);
            var fromEverywhere = fromNetwork > limit ? 0 : Increment(key.Username, now, window).Count;
            return new AttemptCount(fromNetwork, fromEverywhere, endsAt - now);
        }
    }

    public void Forget(AttemptKey key)
    {
        lock (_lock)
        {
            _ = _counts.Remove(key);
            if (_counts.TryGetValue(key.Username, out var user))
            {
                _counts[key.Username] = user with { Count = user.Count - 1 };
            }
        }
    }

    private (int Count, DateTimeOffset EndsAt) Increment(object key, DateTimeOffset now, TimeSpan window)
    {
        if (!_counts.TryGetValue(key, out var found) || found.EndsAt <= now)
        {
            found = (0, now + window);
            MakeRoom();
        }

        return _counts[key] = found with { Count = found.Count + 1 };
    }

    private void MakeRoom()
    {
        if (_counts.Count >= Capacity)
        {
            _ = _counts.Remove(_counts.MinBy(entry => entry.Value.EndsAt).Key);
        }
    }
}
