using System.Collections.Concurrent;
using System.Diagnostics;
using Sentinel.Core.Credentials;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class BellTests(StoresOfClass stores) : IClassFixture<StoresOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_replica_hears_which_key_changed()
    {
        await using var replica = await stores.NewHostAsync();
        var heard = new ConcurrentBag<(string, KeyFingerprint, long)>();
        _ = await stores.Host.Get<Bell>().ListenAsync((key, version) => heard.Add(("one", key, version)), Cancel);
        _ = await replica.Get<Bell>().ListenAsync((key, version) => heard.Add(("other", key, version)), Cancel);
        var key = The.Fingerprint;

        Assert.True(await replica.Get<Bell>().RingAsync(key, 42, Cancel));

        await Eventually.Holds(() => heard.Contains(("one", key, 42)) && heard.Contains(("other", key, 42)));
    }

    [Fact]
    public async Task Counts_of_all_replicas_add_up_by_day()
    {
        var counters = stores.Host.Get<DailyCounters>();
        var (today, yesterday) = (new DateOnly(2026, 3, 14), new DateOnly(2026, 3, 13));

        Assert.True(await counters.AddAsync(new DailyCount(today, 5, 1, 2), Cancel));
        Assert.True(await counters.AddAsync(new DailyCount(today, 5, 0, 1), Cancel));

        DailyCount[] expected = [new(yesterday, 0, 0, 0), new(today, 10, 1, 3)];
        Assert.Equal(expected, await counters.ReadAsync([yesterday, today], Cancel));
    }

    [Fact]
    public async Task Trip_to_Redis_is_a_client_span_that_names_no_key()
    {
        using var parent = new Activity("test").Start();
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RedisTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);

        _ = await stores.Host.Get<BindingCache>().GetAsync(The.Fingerprint, Cancel);

        var span = Assert.Single(spans, it => it.TraceId == parent.TraceId);
        Assert.Equal(("HGET", ActivityKind.Client), (span.DisplayName, span.Kind));
        Assert.Equal(["db.operation.name", "db.system.name"], span.TagObjects.Select(tag => tag.Key).Order());
    }
}
