using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiRetentionTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unused_binding_is_archived_with_a_new_version_and_a_note_and_used_ones_stay()
    {
        var (unused, used, banned) = (await admin.BindAsync(), await admin.BindAsync(), await admin.BindAsync());
        await UseAsync(unused, daysAgo: 91);
        await UseAsync(used, daysAgo: 89);
        await UseAsync(banned, daysAgo: 91);
        using var ban = await admin.PostAsync("bindings/ban", new BindingReference(banned.Id));
        var rings = new List<long>();
        _ = await admin.Stores.Host.Get<Bell>().ListenAsync(
            (key, version) => { if (key == unused.Fingerprint) { rings.Add(version); } }, Cancel);

        var report = await RunAsync();

        Assert.Equal(1, report.Bindings);
        var archived = await FindAsync(unused);
        Assert.Equal(BindingState.Archived, archived.State);
        Assert.True(archived.Version > unused.Version);
        Assert.Equal(unused.Networks, archived.Networks);
        Assert.Equal(BindingState.Active, (await FindAsync(used)).State);
        Assert.Equal(BindingState.Banned, (await FindAsync(banned)).State);
        await Eventually.Holds(() => rings.Contains(archived.Version));
        var audit = await admin.GetAsync<AuditPage>("audit?action=retention.archive");
        Assert.Equal(unused.Id, audit.Items[0].Details.GetProperty("bindings")[0].GetGuid());
        Assert.True((await admin.GetAsync<AuditVerdict>("audit/verify")).IsIntact);
    }

    [Fact]
    public async Task Dry_run_lists_what_would_go_and_changes_nothing()
    {
        var unused = await admin.BindAsync();
        await UseAsync(unused, daysAgo: 1000);
        await MakeMonthAsync(new DateOnly(2021, 5, 1));

        var plan = await RunAsync(dryRun: true);

        Assert.True(plan.DryRun);
        Assert.Equal(unused.Id, plan.Sample[0].Id);
        Assert.Contains(plan.Partitions, month => month.Name == "intercept_logs_2021_05");
        Assert.Equal(BindingState.Active, (await FindAsync(unused)).State);
        Assert.True(await IsThereAsync("intercept_logs_2021_05"));
        _ = await RunAsync();
    }

    [Fact]
    public async Task Old_months_are_dropped_and_the_next_ones_are_prepared()
    {
        var thisMonth = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1 - DateTime.UtcNow.Day);
        var (kept, old) = (thisMonth.AddMonths(-12), thisMonth.AddMonths(-13));
        await MakeMonthAsync(kept);
        await MakeMonthAsync(old);
        await ExecuteAsync($"DROP TABLE {NameOf(thisMonth.AddMonths(3))}");

        var report = await RunAsync();

        Assert.Equal([NameOf(old)], report.Partitions.Select(month => month.Name));
        Assert.False(await IsThereAsync(NameOf(old)));
        Assert.True(await IsThereAsync(NameOf(kept)));
        Assert.True(await IsThereAsync(NameOf(thisMonth.AddMonths(3))));
    }

    [Fact]
    public async Task Month_that_somebody_reads_is_left_for_the_next_sweep()
    {
        await MakeMonthAsync(new DateOnly(2020, 2, 1));
        await using var reader = await admin.Stores.Host.Database.OpenConnectionAsync(Cancel);
        await using var reading = await reader.BeginTransactionAsync(Cancel);
        await using var read = reader.CreateCommand();
        read.CommandText = "SELECT count(*) FROM intercept_logs";
        _ = await read.ExecuteScalarAsync(Cancel);

        var blocked = await RunAsync();
        await reading.RollbackAsync(Cancel);
        var free = await RunAsync();

        Assert.Empty(blocked.Partitions);
        Assert.Equal("intercept_logs_2020_02", Assert.Single(free.Partitions).Name);
    }

    [Fact]
    public async Task Lapsed_claims_and_old_deliveries_go_and_those_in_use_stay()
    {
        var store = admin.Stores.Host.Get<BindingStore>();
        var (lapsed, held) = (The.Fingerprint, The.Fingerprint);
        _ = await store.ClaimAsync(The.FirstUse(lapsed, The.Caller), TimeSpan.FromMinutes(-11), Cancel);
        _ = await store.ClaimAsync(The.FirstUse(held, The.Caller), TimeSpan.FromMinutes(1), Cancel);
        await ExecuteAsync("""
            INSERT INTO webhook_outbox (id, event, state, created_at)
            SELECT gen_random_uuid(), '{}', state, now() - age FROM (VALUES
                ('delivered', interval '31 days'), ('delivered', '29 days'), ('pending', '31 days')) AS o (state, age);
            UPDATE webhook_outbox SET next_attempt_at = now() + interval '1 day';
            """);

        var report = await RunAsync();

        Assert.Equal((1, 1), (report.Claims, report.Deliveries));
        Assert.Null(await store.FindAsync(lapsed, Cancel));
        Assert.NotNull(await store.FindAsync(held, Cancel));
        Assert.Equal(2, await admin.Stores.Host.ScalarAsync<long>("SELECT count(*) FROM webhook_outbox"));
    }

    [Fact]
    public async Task Only_one_sweep_runs_at_a_time()
    {
        await using (await admin.Stores.Host.Get<RetentionStore>().TryTakeTurnAsync(Cancel))
        {
            using var second = await admin.PostAsync("retention/run", new RetentionRequest());
            _ = await second.ProblemAsync(HttpStatusCode.Conflict);
        }

        Assert.False((await RunAsync()).DryRun);
    }

    [Fact]
    public async Task Sweep_needs_no_document_is_dry_by_the_query_too_and_is_noted_with_who_asked()
    {
        using var dry = await admin.Operator.PostAsync("/admin/api/retention/run?dryRun=true", null, Cancel);
        var planned = await dry.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RetentionReport>(Cancel);
        var before = (await admin.GetAsync<AuditPage>("audit?action=retention.run")).Items.Count;
        using var wet = await admin.Operator.PostAsync("/admin/api/retention/run", null, Cancel);
        var made = await wet.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RetentionReport>(Cancel);
        var noted = (await admin.GetAsync<AuditPage>("audit?action=retention.run")).Items;

        Assert.Equal((true, false), (planned!.DryRun, made!.DryRun));
        Assert.Equal(before + 1, noted.Count);
        Assert.Equal((Support.AdminApi.Username, "127.0.0.1"), (noted[0].Actor, noted[0].Caller));
    }

    [Fact]
    public async Task Sweeps_are_made_by_themselves()
    {
        await using var api = Support.AdminApi.Start(
            admin.Stores.Database, admin.Stores.Redis,
            ("Sentinel:Retention:Interval", "00:00:01"), ("ARCHIVE_DAYS", "5"));
        var unused = await admin.BindAsync();
        await UseAsync(unused, daysAgo: 6);

        await Eventually.Holds(async () => (await FindAsync(unused)).State == BindingState.Archived);
    }

    [Fact]
    public async Task Request_that_cannot_be_read_is_refused_by_field()
    {
        using var answer = await admin.PostAsync("retention/run", new { dryRun = "perhaps" });

        await answer.IsRefusedForAsync("dryRun");
    }

    private static string NameOf(DateOnly month) => $"intercept_logs_{month:yyyy_MM}";

    private async Task<RetentionReport> RunAsync(bool dryRun = false)
    {
        using var answer = await admin.PostAsync("retention/run", new RetentionRequest(dryRun));
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RetentionReport>(Cancel))!;
    }

    private async Task<Binding> FindAsync(Binding binding) =>
        (await admin.Stores.Host.Get<BindingStore>().FindAsync(binding.Fingerprint, Cancel))!;

    private Task UseAsync(Binding binding, int daysAgo) => ExecuteAsync(
        $"UPDATE bindings SET last_used_at = now() - interval '{daysAgo} days' WHERE id = '{binding.Id}'");

    private Task MakeMonthAsync(DateOnly month) => ExecuteAsync($"""
        CREATE TABLE {NameOf(month)} PARTITION OF intercept_logs
        FOR VALUES FROM ('{month:yyyy-MM-dd}T00:00:00Z') TO ('{month.AddMonths(1):yyyy-MM-dd}T00:00:00Z')
        """);

    private Task<bool> IsThereAsync(string table) =>
        admin.Stores.Host.ScalarAsync<bool>("SELECT to_regclass($1) IS NOT NULL", table);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = admin.Stores.Host.Database.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }
}
