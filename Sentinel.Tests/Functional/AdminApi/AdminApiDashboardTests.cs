using System.Text.Json;
using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;
using StackExchange.Redis;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiDashboardTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dashboard_shows_counts_trend_tops_and_health()
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var counters = admin.Stores.Host.Get<DailyCounters>();
        _ = await counters.AddAsync(new DailyCount(today, 5, 2, 1), Cancel);
        _ = await counters.AddAsync(new DailyCount(today.AddDays(-13), 40, 0, 0), Cancel);
        _ = await counters.AddAsync(new DailyCount(today.AddDays(-14), 1000, 0, 0), Cancel);
        var binding = await admin.BindAsync();
        _ = await admin.BindAsync();
        using var banned = await admin.PostAsync("bindings/ban", new BindingReference(binding.Id));
        _ = await admin.InterceptAsync(binding, it => it with { Count = 3 });
        _ = await admin.InterceptAsync(binding, it => it with { Reason = "banned", Caller = The.Caller });

        // Where counting took long, as on a busy machine, its numbers are kept for a while.
        await Eventually.Succeeds(async () =>
        {
            var dashboard = await admin.GetAsync<Dashboard>("dashboard");

            Assert.Equal(new DecisionCounts(5, 2, 1), dashboard.Today);
            Assert.Equal(new BindingCounts(1, 1, 0), dashboard.Bindings);
            Assert.Equal(14, dashboard.Trend.Count);
            Assert.Equal(new DayCounts(today.AddDays(-13), 40, 0, 0), dashboard.Trend[0]);
            Assert.Equal([new("address_mismatch", 3), new("banned", 1)], dashboard.TopReasons);
            Assert.Equal([new($"{The.Stranger}", 3), new($"{The.Caller}", 1)], dashboard.TopCallers);
            Assert.Equal([new(binding.Id, "sk-…wxyz", 4)], dashboard.TopKeys);
            Assert.Equal(["banned", "address_mismatch"], dashboard.RecentIntercepts.Select(entry => entry.Reason));
            Assert.Equal(new StoreStates("up", "up"), dashboard.Health.Stores);
        });
    }

    [Fact]
    public async Task Replicas_are_named_with_what_their_disks_hold_back()
    {
        var (replicas, id) = (admin.Stores.Host.Get<Replicas>(), Guid.NewGuid());
        var replica = new ReplicaItem("a/1", "1.2.3", The.Moment, SpoolBytes: 5);
        await replicas.AnnounceAsync(id, replica with { Name = "b/2" }, Cancel);
        await replicas.AnnounceAsync(id, replica with { Name = "b/2", SpoolBytes = 7 }, Cancel);
        await replicas.AnnounceAsync(Guid.NewGuid(), replica, Cancel);

        var health = (await admin.GetAsync<Dashboard>("dashboard")).Health;
        await replicas.LeaveAsync(id, Cancel);

        Assert.Equal([replica, replica with { Name = "b/2", SpoolBytes = 7 }], health.Replicas);
        Assert.Equal(new SpoolState(12), health.Spool);
        Assert.Equal([replica], (await admin.GetAsync<Dashboard>("dashboard")).Health.Replicas);
    }

    [Fact]
    public async Task Replica_that_fell_silent_is_gone()
    {
        var redis = admin.Stores.Host.Get<IConnectionMultiplexer>().GetDatabase();
        _ = await redis.HashSetAsync("sentinel:replicas", "silent", "1700000000 {}");

        _ = await admin.GetAsync<Dashboard>("dashboard");

        Assert.False(await redis.HashExistsAsync("sentinel:replicas", "silent"));
    }

    [Fact]
    public async Task Field_names_are_those_of_the_contract()
    {
        var dashboard = await admin.GetAsync<JsonElement>("dashboard");

        Assert.Equal(
            ["today", "bindings", "trend", "topReasons", "topCallers", "topKeys", "recentIntercepts", "health"],
            dashboard.EnumerateObject().Select(field => field.Name));
    }
}
