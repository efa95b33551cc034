using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions.Caps;

/// <summary>Counts the first uses of this replica alone, for the time in which Redis is away.</summary>
internal sealed class LocalClaimCounters(IOptionsMonitor<ClaimCapOptions> options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Network, Count> _counts = [];

    private TimeSpan Window => options.CurrentValue.Window;

    /// <summary>Counts a first use as one that binds, unless there are too many.</summary>
    public CapVerdict Take(ImmutableArray<ClaimCap> caps)
    {
        lock (_lock)
        {
            int? crowded = null;
            for (var i = 0; i < caps.Length; i++)
            {
                var count = CountOf(caps[i].Network);
                if (count.Bound >= caps[i].Limit)
                {
                    return new CapVerdict(IsFlood: true, null, Window - clock.GetElapsedTime(count.StartedAt));
                }

                crowded = count.Failed >= caps[i].Limit ? i : crowded;
            }

            foreach (var cap in caps)
            {
                CountOf(cap.Network).Bound++;
            }

            return new CapVerdict(IsFlood: false, crowded, TimeSpan.Zero);
        }
    }

    /// <summary>Takes a count back: the first use bound nothing.</summary>
    public void GiveBack(ImmutableArray<ClaimCap> caps, bool hasFailed)
    {
        lock (_lock)
        {
            foreach (var cap in caps)
            {
                var count = CountOf(cap.Network);
                count.Bound = Math.Max(0, count.Bound - 1);
                count.Failed += hasFailed ? 1 : 0;
            }
        }
    }

    private Count CountOf(Network network)
    {
        if (_counts.TryGetValue(network, out var count) && clock.GetElapsedTime(count.StartedAt) < Window)
        {
            return count;
        }

        if (_counts.Count >= options.CurrentValue.LocalNetworks)
        {
            _counts.Clear();
        }

        return _counts[network] = new Count { StartedAt = clock.GetTimestamp() };
    }

    private sealed class Count
    {
        public int Bound { get; set; }

        public int Failed { get; set; }

        public long StartedAt { get; init; }
    }
}
