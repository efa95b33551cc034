using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions.Caps;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;

namespace Sentinel.Proxy.Decisions;

/// <summary>What a claim asks and tells PostgreSQL from its first request to its end.</summary>
internal sealed partial class ClaimTrips(
    BindingStore store,
    BindingLookup lookup,
    ClaimCaps caps,
    ClaimMetrics metrics,
    IOptionsMonitor<DecisionOptions> options,
    TimeProvider clock,
    ILogger<ClaimTrips> logger)
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _retryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _retryLimit = TimeSpan.FromMinutes(10);

    private TimeSpan Lease => options.CurrentValue.ClaimLease;

    /// <summary>Claims the key, if its network may make one more first use.</summary>
    public async Task<Acquisition> AcquireAsync(Claim claim)
    {
        var (ticket, retryAfter) = await caps.EnterAsync(claim.Use.Caller, claim.IsPatient);
        if (ticket is null)
        {
            return new Acquisition(null, retryAfter);
        }

        ClaimResult? race = null;
        try
        {
            race = await RaceAsync(claim);
        }
        finally
        {
            if (race is { Held: true, HasJoined: false })
            {
                claim.Ticket = ticket;
            }
            else
            {
                await caps.GiveBackAsync(ticket, hasFailed: false);
            }
        }

        if (race.Held)
        {
            _ = RenewAsync(claim);
            return new Acquisition(race, default);
        }

        metrics.Ended(ClaimMetrics.Lost);
        return new Acquisition(race, default);
    }

    /// <summary>Makes a claim a binding. Downstream has accepted the key, so an outage only delays it.</summary>
    public async Task<ClaimResult> PromoteAsync(Claim claim)
    {
        var result = await BindAsync(claim.Use);
        metrics.Ended(result.Held ? ClaimMetrics.Bound : ClaimMetrics.Lost);
        await caps.SettleAsync(claim.Ticket, result.Held);
        return result;
    }

    /// <summary>Gives the claim up. If that cannot be told, its lease ends it.</summary>
    public async Task WithdrawAsync(Claim claim)
    {
        metrics.Ended(ClaimMetrics.Withdrawn);
        try
        {
            _ = await store.WithdrawAsync(claim.Use.Fingerprint, claim.Use.Holder, CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            Log.WithdrawalFailed(logger, claim.Use.Hint, exception);
        }

        await caps.GiveBackAsync(claim.Ticket, hasFailed: true);
    }

    /// <summary>Asks for the key; while another network's claim is in flight, asks again for a while.</summary>
    private async Task<ClaimResult> RaceAsync(Claim claim)
    {
        var startedAt = clock.GetTimestamp();
        var patience = claim.IsPatient ? options.CurrentValue.ClaimWait : TimeSpan.Zero;
        for (var pause = _firstPause; ; pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            var result = await store.ClaimAsync(claim.Use, Lease, CancellationToken.None);
            var isSettled = result.Held || result.Current.State is not BindingState.Claimed;
            if (isSettled || clock.GetElapsedTime(startedAt) + pause > patience || claim.Ended.IsCancellationRequested)
            {
                return result;
            }

            await Task.Delay(pause, clock, CancellationToken.None);
        }
    }

    private async Task<ClaimResult> BindAsync(FirstUse use)
    {
        var startedAt = clock.GetTimestamp();
        while (true)
        {
            try
            {
                var readAt = clock.GetTimestamp();
                var result = await store.PromoteAsync(use, CancellationToken.None);
                await lookup.RememberAsync(result.Current, readAt);
                return result;
            }
            catch (StoreUnavailableException exception) when (clock.GetElapsedTime(startedAt) < _retryLimit)
            {
                Log.PromotionDelayed(logger, use.Hint, exception);
            }

            await Task.Delay(_retryPause, clock, CancellationToken.None);
        }
    }

    private async Task RenewAsync(Claim claim)
    {
        try
        {
            using var timer = new PeriodicTimer(Lease / 3, clock);
            while (await timer.WaitForNextTickAsync(claim.Ended))
            {
                if (!await store.RenewAsync(claim.Use.Fingerprint, claim.Use.Holder, Lease, claim.Ended))
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            // Without an answer the lease is as good as over; after the end there is nothing to prolong.
        }

        claim.IsLapsing = true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Key {Hint} was accepted, but cannot be bound yet. It is tried again.")]
        public static partial void PromotionDelayed(ILogger logger, string hint, Exception exception);

        [LoggerMessage(LogLevel.Error, "The claim of key {Hint} cannot be withdrawn. Its lease will end it.")]
        public static partial void WithdrawalFailed(ILogger logger, string hint, Exception exception);
    }
}
