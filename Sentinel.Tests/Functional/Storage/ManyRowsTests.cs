using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

/// <summary>What an operator waits for must stay fast when there are millions of rows.</summary>
[Collection(ManyRows.Name)]
public sealed class ManyRowsTests(ManyRows many)
{
    private static readonly DateTimeOffset _later = DateTimeOffset.UtcNow.AddMinutes(-1);

    private static readonly Dictionary<string, BindingFilter> _bindings = new()
    {
        ["newest"] = Bindings(),
        ["latest use"] = Bindings() with { Order = BindingOrder.LatestUseFirst },
        ["hint"] = Bindings() with { Order = BindingOrder.HintAscending },
        ["state"] = Bindings() with { State = BindingState.Banned },
        ["state none is in"] = Bindings() with { State = BindingState.Contested },
        ["rare text"] = Bindings() with { Text = "…77123" },
        ["common text"] = Bindings() with { Text = "team" },
        ["address"] = Bindings() with { Network = The.Network("10.0.0.77/32") },
        ["network"] = Bindings() with { Network = The.Network("10.1.0.0/19") },
        ["address and state"] = Bindings() with
        {
            Network = The.Network("10.0.0.77/32"),
            State = BindingState.Active,
        },
        ["cursor"] = Bindings() with { After = new BindingPosition(_later.AddDays(-50), Guid.NewGuid()) },
    };

    private static readonly Dictionary<string, InterceptFilter> _intercepts = new()
    {
        ["newest"] = new(),
        ["from and to"] = new(From: _later, To: _later.AddSeconds(30)),
        ["reason"] = new(Reason: "banned"),
        ["reason none has"] = new(Reason: "expired"),
        ["address"] = new(Network: The.Network("203.0.113.77/32")),
        ["hint"] = new(Text: "…77123"),
        ["request"] = new(Text: "request-77123"),
        ["cursor"] = new(After: new InterceptPosition(_later, Guid.NewGuid())),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> BindingLists => [.. _bindings.Keys];

    public static TheoryData<string> InterceptLists => [.. _intercepts.Keys];

    [Theory]
    [MemberData(nameof(BindingLists))]
    public async Task List_of_bindings_looks_at_no_more_than_it_shows_or_counts(string list)
    {
        await using var plans = new QueryPlans(many.Stores.Database);
        var (queries, filter) = (new BindingQueries(plans.Database), _bindings[list]);
        var isFiltered = filter.Text is not null || filter.Network is not null;

        var count = isFiltered ? await queries.CountAsync(filter, 10_001, Cancel) : 10_001;
        _ = await queries.ListAsync(filter, areFew: isFiltered && count <= 10_000, Cancel);

        plans.ShowNoScanOf(filter is { Network: not null, State: null } ? "binding_networks" : "bindings");
    }

    [Theory]
    [MemberData(nameof(InterceptLists))]
    public async Task List_of_intercepts_is_found_by_an_index(string list)
    {
        await using var plans = new QueryPlans(many.Stores.Database);

        _ = await new InterceptQueries(plans.Database).ListAsync(_intercepts[list], Cancel);

        plans.ShowNoScanOf(ManyRows.Month);
    }

    [Fact]
    public async Task What_a_binding_was_refused_for_is_found_by_an_index()
    {
        await using var plans = new QueryPlans(many.Stores.Database);

        _ = await new InterceptQueries(plans.Database).ListAsync(new InterceptFilter(BindingId: many.Id), Cancel);
        _ = await new BindingQueries(plans.Database).RefusedNetworksAsync(many.Id, Cancel);

        plans.ShowNoScanOf(ManyRows.Month);
        plans.ShowNoScanOf("bindings");
    }

    [Fact]
    public async Task Who_waits_for_a_word_is_found_without_a_look_at_the_log_or_at_all_keys()
    {
        await using var plans = new QueryPlans(many.Stores.Database);
        var approvals = new ApprovalQueries(plans.Database);

        var waiting = await approvals.ListAsync(32, 64, Cancel);
        var refused = await approvals.FindAsync("request-77", Cancel);

        Assert.NotEmpty(waiting);
        Assert.NotNull(refused?.BindingId);
        plans.ShowNoScanOf("knocks");
        plans.ShowNoScanOf("bindings");
        plans.ShowNoScanOf(ManyRows.Month);
    }

    [Fact]
    public async Task Session_is_opened_found_and_ended_by_an_index()
    {
        await using var plans = new QueryPlans(many.Stores.Database);
        var (sessions, id) = (new SessionQueries(plans.Database), Guid.NewGuid());
        var user = await many.Stores.Host.ScalarAsync<Guid>("SELECT id FROM admin_users WHERE username = 'user-7'");

        await sessions.OpenAsync(id, user, DateTimeOffset.UtcNow.AddHours(1), Cancel);
        Assert.NotNull(await sessions.FindAsync(id, Cancel));
        await sessions.EndAsync(id, Cancel);

        plans.ShowNoScanOf("admin_sessions");
        plans.ShowNoScanOf("admin_users");
    }

    [Fact]
    public async Task Token_is_found_by_its_hash_and_its_owner_by_an_index()
    {
        await using var plans = new QueryPlans(many.Stores.Database);
        var tokens = new TokenQueries(plans.Database);
        var user = await many.Stores.Host.ScalarAsync<Guid>("SELECT id FROM admin_users WHERE username = 'user-7'");
        var hash = await many.Stores.Host.ScalarAsync<byte[]>("SELECT sha256('user-7-7')");

        var used = await tokens.UseAsync(hash, The.Caller.ToIPAddress(), Cancel);
        var owned = await tokens.ListAsync(user, Cancel);

        Assert.Equal("token-7", used?.Name);
        Assert.Equal(100, owned.Count);
        plans.ShowNoScanOf("admin_tokens");
    }

    [Fact]
    public async Task Alerts_that_are_due_are_found_by_an_index()
    {
        await using var plans = new QueryPlans(many.Stores.Database);
        var outbox = new Outbox(plans.Database);

        await outbox.SkipAsync(Cancel);
        _ = await outbox.LeaseAsync(Guid.NewGuid(), TimeSpan.FromMinutes(1), Cancel);

        plans.ShowNoScanOf("webhook_outbox");
    }

    private static BindingFilter Bindings() => new(null, null, null, BindingOrder.NewestFirst, Offset: 0, Limit: 51);
}
