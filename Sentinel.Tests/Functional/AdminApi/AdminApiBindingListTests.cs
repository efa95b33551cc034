using System.Net;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiBindingListTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Binding_is_listed_with_what_is_known_of_it()
    {
        var binding = await admin.BindAsync(The.Address("192.0.2.77"), "sk-…1234");

        var page = await admin.GetAsync<BindingPage>($"bindings?q={binding.Id}");

        var item = Assert.Single(page.Items);
        Assert.Equal((1, 1, 50, false), (page.Total, page.Page, page.PageSize, page.TotalIsEstimate));
        Assert.Equal((binding.Id, "sk-…1234", "active", null), (item.Id, item.Hint, item.State, item.Label));
        Assert.Equal(["192.0.2.77/32"], item.Networks);
        Assert.Equal(("192.0.2.77", "192.0.2.77"), (item.FirstUsedFrom, item.LastUsedFrom));
        Assert.NotNull(item.LastUsedAt);
    }

    [Fact]
    public async Task Claims_are_listed_only_if_asked_for()
    {
        var use = The.FirstUse(The.Fingerprint, The.Address("192.0.2.78"));
        var claim = await admin.Stores.Host.Get<BindingStore>().ClaimAsync(use, TimeSpan.FromMinutes(1), Cancel);
        var id = claim.Current.Id;

        Assert.Empty((await admin.GetAsync<BindingPage>($"bindings?q={id}")).Items);
        Assert.Single((await admin.GetAsync<BindingPage>($"bindings?q={id}&state=claimed")).Items);
    }

    [Fact]
    public async Task Filters_find_by_state_address_and_text()
    {
        var first = await admin.BindAsync(The.Address("192.0.2.81"), "sk-…%_\\a");
        var second = await admin.BindAsync(The.Address("192.0.2.82"), "sk-…abcd");
        using var banned = await admin.PostAsync("bindings/ban", new BindingReference(second.Id));
        using var labelled = await admin.PutAsync("bindings/label", new LabelRequest(second.Id, "Alice's laptop"));

        Assert.Equal([first.Id], await FoundAsync("ip=192.0.2.81"));
        Assert.Equal([first.Id], await FoundAsync("ip=192.0.2.80/30&state=active"));
        Assert.Equal([second.Id], await FoundAsync("ip=192.0.2.80/30&state=banned"));
        Assert.Equal([first.Id], await FoundAsync($"q={Uri.EscapeDataString("%_\\A")}"));
        Assert.Equal([second.Id], await FoundAsync("q=alice%27s"));
        Assert.Empty(await FoundAsync("ip=192.0.2.83"));
    }

    [Fact]
    public async Task Network_lists_each_binding_in_it_once_page_after_page_in_both_directions()
    {
        var bindings = new List<Guid>();
        for (var n = 1; n <= 5; n++)
        {
            var binding = await admin.BindAsync(The.Address($"198.18.7.{n}"));
            using var more = await admin.PutAsync(
                "bindings/ip", new NetworksRequest(binding.Id, [$"198.18.7.{n}", $"198.18.7.{n + 100}"]));
            bindings.Add(binding.Id);
        }

        var first = await admin.GetAsync<BindingPage>("bindings?ip=198.18.7.0/24&pageSize=2&sort=createdAt");
        var second = await admin.GetAsync<BindingPage>(
            $"bindings?ip=198.18.7.0/24&pageSize=2&sort=createdAt&cursor={first.Next}");

        Assert.Equal((5, false), (first.Total, first.TotalIsEstimate));
        Assert.Equal(bindings.Take(4), first.Items.Concat(second.Items).Select(it => it.Id));
        Assert.Equal([bindings[2], bindings[1]], await FoundAsync("ip=198.18.7.0/24&pageSize=2&page=2"));
        Assert.Equal([bindings[2]], await FoundAsync("ip=198.18.7.103"));
    }

    [Fact]
    public async Task Archived_key_that_is_claimed_anew_is_in_no_list_of_its_network_until_it_is_settled()
    {
        var binding = await admin.BindAsync(The.Address("198.18.8.1"));
        var changes = admin.Stores.Host.Get<BindingChanges>();
        _ = await changes.SetStateAsync(binding.Id, [BindingState.Active], BindingState.Archived, Cancel);
        var use = The.FirstUse(binding.Fingerprint, The.Address("198.18.8.2")) with { TakesArchived = true };
        var store = admin.Stores.Host.Get<BindingStore>();

        _ = await store.ClaimAsync(use, TimeSpan.FromMinutes(1), Cancel);
        var whileClaimed = await FoundAsync("ip=198.18.8.0/24");
        _ = await store.PromoteAsync(use, Cancel);

        Assert.Empty(whileClaimed);
        Assert.Equal([binding.Id], await FoundAsync("ip=198.18.8.2"));
        Assert.Empty(await FoundAsync("ip=198.18.8.1"));
    }

    [Fact]
    public async Task Pages_follow_each_other_in_the_order_asked_for()
    {
        foreach (var letter in "bca")
        {
            _ = await admin.BindAsync(The.Address("192.0.2.90"), $"sk-…page-{letter}");
        }

        async Task<string> HintsAsync(string query)
        {
            var page = await admin.GetAsync<BindingPage>($"bindings?q=page-&pageSize=2&{query}");
            Assert.Equal(3, page.Total);
            return string.Concat(page.Items.Select(item => item.Hint[^1]));
        }

        Assert.Equal("ab", await HintsAsync("sort=hint"));
        Assert.Equal("c", await HintsAsync("sort=hint&page=2"));
        Assert.Equal("cb", await HintsAsync("sort=-hint"));
        Assert.Equal("bc", await HintsAsync("sort=createdAt"));
        Assert.Equal("ac", await HintsAsync("sort=-createdAt"));
        Assert.Equal("ac", await HintsAsync(""));
        Assert.Equal("bc", await HintsAsync("sort=lastUsedAt"));
        Assert.Equal("ac", await HintsAsync("sort=-lastUsedAt"));
    }

    [Theory]
    [InlineData("createdAt")]
    [InlineData("-createdAt")]
    [InlineData("lastUsedAt")]
    [InlineData("-lastUsedAt")]
    [InlineData("hint")]
    [InlineData("-hint")]
    public async Task Cursor_leads_through_all_of_them_in_order(string sort)
    {
        var label = $"walk {sort}";
        await using var insert = admin.Stores.Host.Database.CreateCommand("""
            INSERT INTO bindings (fingerprint, hint, state, networks, label, created_at, last_used_at)
            SELECT sha256(($1 || n)::bytea), 'sk-…' || n / 2, 'active', '{192.0.2.201/32}', $1,
                   now() - n / 3 * interval '1 hour', CASE WHEN n % 3 > 0 THEN now() - n / 4 * interval '1 second' END
              FROM generate_series(1, 20) AS n
            """);
        insert.Parameters.Add(new() { Value = label });
        _ = await insert.ExecuteNonQueryAsync(Cancel);
        var query = $"bindings?q={Uri.EscapeDataString(label)}&sort={sort}";

        var walked = new List<Guid>();
        for (BindingPage? page = null; page is null || page.Next is not null;)
        {
            page = await admin.GetAsync<BindingPage>($"{query}&pageSize=3&cursor={page?.Next}");
            walked.AddRange(page.Items.Select(item => item.Id));
            Assert.Equal((20, 1), (page.Total, page.Page));
        }

        var paged = await admin.GetAsync<BindingPage>($"{query}&pageSize=200");
        Assert.Equal(paged.Items.Select(item => item.Id), walked);
        Assert.Null(paged.Next);
        Assert.Equal(20, walked.Distinct().Count());
    }

    [Fact]
    public async Task Cursor_belongs_to_its_order()
    {
        _ = await admin.BindAsync();
        _ = await admin.BindAsync();
        var next = (await admin.GetAsync<BindingPage>("bindings?pageSize=1")).Next;

        using var other = await admin.Operator.GetAsync($"/admin/api/bindings?sort=hint&cursor={next}", Cancel);
        using var both = await admin.Operator.GetAsync($"/admin/api/bindings?page=2&cursor={next}", Cancel);

        await other.IsRefusedForAsync("cursor");
        await both.IsRefusedForAsync("page");
    }

    [Fact]
    public async Task Large_total_is_an_estimate()
    {
        await using var stores = admin.Stores.Host.Database.CreateCommand("""
            INSERT INTO bindings (fingerprint, hint, state, networks)
            SELECT sha256(n::text::bytea), 'sk-…many', 'archived', '{192.0.2.200/32}'
              FROM generate_series(1, 10050) AS n
            """);
        _ = await stores.ExecuteNonQueryAsync(Cancel);

        var page = await admin.GetAsync<BindingPage>("bindings?state=archived&pageSize=200&page=50");

        Assert.True(page.TotalIsEstimate);
        Assert.True(page.Total > 10_000);
        Assert.Equal(200, page.Items.Count);
        var beyond = await admin.GetAsync<BindingPage>($"bindings?state=archived&pageSize=200&cursor={page.Next}");
        Assert.Equal((50, null), (beyond.Items.Count, beyond.Next));
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=x&pageSize=201&state=lost&ip=192.0.2.1/24&sort=size", "ip", "page", "pageSize", "sort", "state")]
    [InlineData("page=10000", "page")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=MCA3YTBlMmI1YyA1", "cursor")]
    [InlineData("ip=010.0.0.1", "ip")]
    [InlineData("state=Active", "state")]
    public async Task Query_that_cannot_be_read_is_refused_by_field(string query, params string[] fields)
    {
        using var answer = await admin.Operator.GetAsync($"/admin/api/bindings?{query}", Cancel);

        await answer.IsRefusedForAsync(fields);
    }

    [Fact]
    public async Task Details_show_from_where_a_key_was_refused()
    {
        var binding = await admin.BindAsync();
        _ = await admin.InterceptAsync(binding, it => it with { Caller = The.Address("2001:db8::1"), Count = 3 });
        _ = await admin.InterceptAsync(binding, it => it with { Caller = The.Address("2001:db8::2") });
        _ = await admin.InterceptAsync(binding, it => it with { Caller = The.Caller });

        var details = await admin.BindingAsync(binding.Id);

        var refused = Assert.Single(details.RefusedNetworks);
        Assert.Equal(("2001:db8::/64", 4), (refused.Network, refused.Count));
        Assert.Equal(3, details.RecentIntercepts.Count);
        Assert.Equal($"{The.Caller}", Assert.Single(details.RecentAddresses).Address);
    }

    [Fact]
    public async Task Details_of_an_unknown_binding_are_not_found()
    {
        using var answer = await admin.Operator.GetAsync($"/admin/api/bindings/{Guid.NewGuid()}", Cancel);

        _ = await answer.ProblemAsync(HttpStatusCode.NotFound);
    }

    private async Task<IEnumerable<Guid>> FoundAsync(string query) =>
        (await admin.GetAsync<BindingPage>($"bindings?{query}")).Items.Select(item => item.Id);
}
