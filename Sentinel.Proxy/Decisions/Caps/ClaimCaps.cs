using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.ServiceDefaults.Settings;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Decisions.Caps;

/// <summary>
/// Bounds what strangers can do with keys that nobody knows: too many bindings of one network end its first uses for
/// the hour, too many failures make them pass one at a time.
/// </summary>
internal sealed class ClaimCaps(
    ClaimCounters counters,
    LocalClaimCounters localCounters,
    NetworkQueues queues,
    ClaimMetrics metrics,
    IOptionsMonitor<ClaimCapOptions> options)
{
    /// <summary>When to try again where it was not this request's turn.</summary>
    private static readonly TimeSpan _retryTurn = TimeSpan.FromSeconds(5);

    /// <summary>Counts a first use, and waits for its turn where there are turns.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="isPatient">Whether it may wait.</param>
    /// <returns>The ticket; null if there are too many, and then when to try again.</returns>
    public async Task<(ClaimTicket? Ticket, TimeSpan RetryAfter)> EnterAsync(ClientAddress caller, bool isPatient)
    {
        var current = options.CurrentValue;
        if (IsExempt(caller, current))
        {
            return (new ClaimTicket([], IsLocal: false, null), default);
        }

        var caps = ClaimCap.Of(caller, current.PerNetwork, current.PerSite);
        var counted = await counters.TakeAsync(caps, current.Window, CancellationToken.None);
        var ticket = new ClaimTicket(caps, IsLocal: counted is null, null);
        var verdict = counted ?? localCounters.Take(caps);
        if (verdict.IsFlood)
        {
            metrics.Ended(ClaimMetrics.Flooded);
            return (null, verdict.Remaining);
        }

        return verdict.Crowded is { } crowded
            ? await QueueAsync(ticket, caps[crowded].Network, isPatient ? current.QueueWait : TimeSpan.Zero)
            : (ticket, default);
    }

    /// <summary>Downstream has accepted the key. If that bound it, what was counted stays counted.</summary>
    public Task SettleAsync(ClaimTicket? ticket, bool isBound)
    {
        ticket?.Turn?.Dispose();
        return isBound ? Task.CompletedTask : GiveBackAsync(ticket, hasFailed: false);
    }

    /// <summary>Nothing was bound: downstream did not accept the key, or another first use of it counts.</summary>
    public async Task GiveBackAsync(ClaimTicket? ticket, bool hasFailed)
    {
        ticket?.Turn?.Dispose();
        if (ticket is null or { Caps.IsEmpty: true })
        {
            return;
        }

        var isTaken = !ticket.IsLocal && await counters.GiveBackAsync(
            ticket.Caps, hasFailed, options.CurrentValue.Window, CancellationToken.None);
        if (!isTaken)
        {
            localCounters.GiveBack(ticket.Caps, hasFailed);
        }
    }

    private async Task<(ClaimTicket? Ticket, TimeSpan RetryAfter)> QueueAsync(
        ClaimTicket ticket, Network network, TimeSpan patience)
    {
        using var waiting = metrics.Waiting();
        if (await queues.EnterAsync(network, options.CurrentValue.QueueLength, patience) is { } turn)
        {
            return (ticket with { Turn = turn }, default);
        }

        metrics.Ended(ClaimMetrics.Flooded);
        await GiveBackAsync(ticket, hasFailed: false);
        return (null, _retryTurn);
    }

    private static bool IsExempt(ClientAddress caller, ClaimCapOptions options)
    {
        foreach (var text in CommaList.Split(options.Exempt))
        {
            if (Network.TryParse(text, out var network) && network.Contains(caller))
            {
                return true;
            }
        }

        return false;
    }
}
