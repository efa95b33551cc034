using Microsoft.Extensions.Options;
using Sentinel.AdminApi.Bindings;
using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Retention;

/// <summary>Lets go what is old: one sweep at a time over all replicas, in small batches.</summary>
internal sealed class Sweep(
    RetentionStore store,
    BindingAnnouncer announcer,
    IOptionsMonitor<RetentionOptions> options,
    RetentionMetrics metrics,
    TimeProvider clock)
{
    private const int MonthsAhead = 3;
    private const int SampleSize = 100;

    /// <summary>Tells what a sweep would do now.</summary>
    public async Task<RetentionReport> PlanAsync(CancellationToken cancellationToken)
    {
        var rules = options.CurrentValue;
        var unusedFor = TimeSpan.FromDays(rules.ArchiveDays);
        return new RetentionReport(
            DryRun: true,
            await store.CountIdleAsync(unusedFor, cancellationToken),
            await store.SampleIdleAsync(unusedFor, SampleSize, cancellationToken),
            await store.MonthsBeforeAsync(OldestMonth(rules), cancellationToken),
            await store.CountClaimsAsync(cancellationToken),
            await store.CountDeliveriesAsync(TimeSpan.FromDays(rules.DeliveryDays), cancellationToken));
    }

    /// <summary>Sweeps; for an operator if one is named, who is noted as such.</summary>
    /// <returns>What went; null if another sweep is under way.</returns>
    public async Task<RetentionReport?> RunAsync(CancellationToken cancellationToken, Actor? asker = null)
    {
        await using var turn = await store.TryTakeTurnAsync(cancellationToken);
        if (turn is null)
        {
            return null;
        }

        if (asker is not null)
        {
            await store.NoteRunAsync(asker, cancellationToken);
        }

        var startedAt = clock.GetTimestamp();
        var rules = options.CurrentValue;
        await store.PrepareMonthsAsync(MonthsAhead, cancellationToken);
        var report = new RetentionReport(
            DryRun: false,
            await ArchiveAsync(rules, cancellationToken),
            Sample: [],
            await DropMonthsAsync(rules, cancellationToken),
            await RepeatAsync("claim", rules, store.DeleteClaimsAsync, cancellationToken),
            await RepeatAsync("delivery", rules, DeleteDeliveriesAsync, cancellationToken));
        _ = await RepeatAsync("stray", rules, DeleteStraysAsync, cancellationToken);
        _ = await RepeatAsync("knock", rules, store.DeleteKnocksAsync, cancellationToken);
        metrics.Took(clock.GetElapsedTime(startedAt));
        return report;

        Task<int> DeleteDeliveriesAsync(int limit, CancellationToken cancel) =>
            store.DeleteDeliveriesAsync(TimeSpan.FromDays(rules.DeliveryDays), limit, cancel);

        Task<int> DeleteStraysAsync(int limit, CancellationToken cancel) =>
            store.DeleteStraysAsync(OldestMonth(rules), limit, cancel);
    }

    private Task<long> ArchiveAsync(RetentionOptions rules, CancellationToken cancellationToken)
    {
        return RepeatAsync("binding", rules, ArchiveSomeAsync, cancellationToken);

        async Task<int> ArchiveSomeAsync(int limit, CancellationToken cancel)
        {
            var archived = await store.ArchiveAsync(TimeSpan.FromDays(rules.ArchiveDays), limit, cancel);
            foreach (var binding in archived)
            {
                await announcer.AnnounceAsync(binding);
            }

            return archived.Count;
        }
    }

    private async Task<IReadOnlyList<LogMonth>> DropMonthsAsync(
        RetentionOptions rules, CancellationToken cancellationToken)
    {
        var dropped = new List<LogMonth>();
        foreach (var month in await store.MonthsBeforeAsync(OldestMonth(rules), cancellationToken))
        {
            if (await store.DropMonthAsync(month, cancellationToken))
            {
                dropped.Add(month);
                metrics.Removed("month", 1);
            }
        }

        return dropped;
    }

    private async Task<long> RepeatAsync(
        string what,
        RetentionOptions rules,
        Func<int, CancellationToken, Task<int>> step,
        CancellationToken cancellationToken)
    {
        long all = 0;
        int count;
        do
        {
            count = await step(rules.BatchSize, cancellationToken);
            all += count;
            metrics.Removed(what, count);
            await Task.Delay(count == 0 ? TimeSpan.Zero : rules.Rest, clock, cancellationToken);
        }
        while (count == rules.BatchSize);
        return all;
    }

    private DateTimeOffset OldestMonth(RetentionOptions rules)
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-rules.LogMonths);
    }
}
