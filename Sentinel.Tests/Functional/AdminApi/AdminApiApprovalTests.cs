using System.Net;
using System.Net.Http.Json;
using System.Text;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiApprovalTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static readonly Network _home = The.Caller.ToNetwork(32, 64);
    private static readonly Network _elsewhere = The.Stranger.ToNetwork(32, 64);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private BindingChanges Changes => admin.Stores.Host.Get<BindingChanges>();

    [Fact]
    public async Task Refusal_waits_until_its_request_is_approved()
    {
        var binding = await admin.BindAsync();
        _ = await admin.InterceptAsync(binding, it => it with { OccurredAt = it.OccurredAt.AddSeconds(-5), Count = 3 });
        var refusal = await admin.InterceptAsync(binding);

        var waiting = Assert.Single(await WaitingAsync(binding));
        using var answer = await admin.PostAsync("bindings/approve", new ApprovalRequest(refusal.RequestId));

        Assert.Equal(("active", $"{_elsewhere}", 4), (waiting.State, waiting.Network, waiting.Count));
        Assert.Equal((refusal.RequestId, binding.Hint), (waiting.RequestId, waiting.Hint));
        Assert.Equal([$"{_home}", $"{_elsewhere}"], (await ReadAsync(answer)).Networks);
        Assert.Empty(await WaitingAsync(binding));
        var current = await admin.Stores.Host.Get<BindingStore>().FindAsync(binding.Fingerprint, Cancel);
        Assert.True(current!.Admits(The.Stranger) && current.Version > binding.Version);
    }

    [Fact]
    public async Task Contested_key_is_bound_to_the_network_that_is_approved_first()
    {
        var binding = await admin.BindAsync();
        _ = await Changes.ContestAsync(binding.Id, _elsewhere, Cancel);

        var waiting = await WaitingAsync(binding);
        using var first = await ApproveAsync(binding, _home);
        using var second = await ApproveAsync(binding, The.Network("192.0.2.0/24"));

        Assert.Equal([$"{_elsewhere}", $"{_home}"], waiting.Select(it => it.Network).Order());
        Assert.All(waiting, it => Assert.Equal(("contested", 0), (it.State, it.Count)));
        Assert.Equal([$"{_home}"], (await ReadAsync(first)).Networks);
        var bound = await ReadAsync(second);
        Assert.Equal(("active", 2), (bound.State, bound.Networks.Count));
    }

    [Fact]
    public async Task Tombstone_at_which_somebody_knocks_is_approved_or_refused()
    {
        var (approved, refused) = (await ArchivedAsync(), await ArchivedAsync());
        var knock = await admin.InterceptAsync(refused, it => it with { Reason = "approval_required" });
        _ = await admin.InterceptAsync(approved, it => it with { Reason = "approval_required" });

        var waiting = await WaitingAsync(refused);
        using var yes = await ApproveAsync(approved, _elsewhere);
        using var no = await admin.PostAsync("bindings/refuse", new ApprovalRequest(knock.RequestId));
        _ = await admin.InterceptAsync(refused, it => it with { Reason = "approval_required" });

        Assert.Equal("archived", Assert.Single(waiting).State);
        Assert.Equal("active", (await ReadAsync(yes)).State);
        Assert.Equal(HttpStatusCode.NoContent, no.StatusCode);
        Assert.Empty(await WaitingAsync(refused));
        Assert.Equal("archived", (await admin.BindingAsync(refused.Id)).Binding.State);
        var noted = await admin.GetAsync<AuditPage>("audit?action=binding.refuse");
        Assert.Equal($"{refused.Id}", Assert.Single(noted.Items).Target);
    }

    [Fact]
    public async Task Flood_of_refusals_hides_nobody_who_asked_before()
    {
        var (quiet, loud) = (await admin.BindAsync(), await admin.BindAsync());
        var asked = await admin.InterceptAsync(quiet, it => it with { OccurredAt = it.OccurredAt.AddDays(-2) });
        var flood = await admin.InterceptAsync(loud);
        var refusals = Enumerable.Range(1, 6_000).Select(n => flood with
        {
            Id = Guid.NewGuid(), OccurredAt = flood.OccurredAt.AddMilliseconds(-n), RequestId = $"flood-{n}",
        });
        foreach (var batch in refusals.Chunk(500))
        {
            await admin.Stores.Host.Get<InterceptStore>().WriteAsync(batch, Cancel);
        }

        var waiting = Assert.Single(await WaitingAsync(quiet));
        var flooding = Assert.Single(await WaitingAsync(loud));

        Assert.Equal((1, asked.RequestId), (waiting.Count, waiting.RequestId));
        Assert.Equal((6_001, flood.RequestId), (flooding.Count, flooding.RequestId));
    }

    [Fact]
    public async Task Callers_of_one_64_are_one_question_and_each_is_approved_by_his_request()
    {
        using var narrow = await admin.PutAsync("settings", new { ipv6Prefix = 128 });
        var binding = await admin.BindAsync();
        var first = await admin.InterceptAsync(
            binding, it => it with { Caller = The.Address("2001:db8::1"), OccurredAt = it.OccurredAt.AddSeconds(-5) });
        _ = await admin.InterceptAsync(binding, it => it with { Caller = The.Address("2001:db8::2") });

        var waiting = Assert.Single(await WaitingAsync(binding));
        using var approved = await admin.PostAsync("bindings/approve", new ApprovalRequest(first.RequestId));
        using var wide = await admin.PutAsync("settings", new { ipv6Prefix = (int?)null });

        Assert.Equal(("2001:db8::2/128", 2), (waiting.Network, waiting.Count));
        Assert.Equal([$"{_home}", "2001:db8::1/128"], (await ReadAsync(approved)).Networks);
    }

    [Fact]
    public async Task Refusal_that_is_written_again_with_a_larger_count_asks_once()
    {
        var binding = await admin.BindAsync();
        var refusal = await admin.InterceptAsync(binding);
        var store = admin.Stores.Host.Get<InterceptStore>();

        await store.WriteAsync([refusal with { Count = 7 }], Cancel);
        await store.WriteAsync([refusal with { Count = 7 }], Cancel);

        Assert.Equal(7, Assert.Single(await WaitingAsync(binding)).Count);
    }

    [Fact]
    public async Task Ban_is_no_question_of_networks_and_a_full_binding_takes_no_more()
    {
        var (banned, full) = (await admin.BindAsync(), await admin.BindAsync());
        var refusal = await admin.InterceptAsync(banned);
        using var ban = await admin.PostAsync("bindings/ban", new BindingReference(banned.Id));
        using var fill = await admin.PutAsync(
            "bindings/ip", new NetworksRequest(full.Id, [.. Enumerable.Range(1, 10).Select(n => $"192.0.2.{n}")]));
        using var tooMany = await admin.PutAsync(
            "bindings/ip", new NetworksRequest(full.Id, [.. Enumerable.Range(1, 11).Select(n => $"192.0.2.{n}")]));

        using var refused = await admin.PostAsync("bindings/approve", new ApprovalRequest(refusal.RequestId));
        using var again = await ApproveAsync(full, The.Network("192.0.2.1"));
        using var more = await ApproveAsync(full, _elsewhere);

        Assert.Empty(await WaitingAsync(banned));
        _ = await refused.ProblemAsync(HttpStatusCode.Conflict);
        _ = await tooMany.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal(10, (await ReadAsync(again)).Networks.Count);
        Assert.Contains("maxNetworks", (await more.ProblemAsync(HttpStatusCode.Conflict)).Detail);
    }

    [Fact]
    public async Task Request_that_is_unknown_or_was_refused_for_something_else_is_not_found()
    {
        var binding = await admin.BindAsync();
        var other = await admin.InterceptAsync(binding, it => it with { Reason = "banned" });
        var keyless = await admin.InterceptAsync(binding: null);
        ApprovalRequest[] requests =
        [
            new("never seen"), new(other.RequestId), new(keyless.RequestId),
            new(Id: Guid.NewGuid(), Network: "192.0.2.1"),
        ];

        foreach (var request in requests)
        {
            using var approve = await admin.PostAsync("bindings/approve", request);
            using var refuse = await admin.PostAsync("bindings/refuse", request);
            _ = await approve.ProblemAsync(HttpStatusCode.NotFound);
            _ = await refuse.ProblemAsync(HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("""{}""", "requestId")]
    [InlineData("""{"requestId":""}""", "requestId")]
    [InlineData("""{"requestId":"x","network":"192.0.2.1"}""", "network")]
    [InlineData("""{"id":"7a0e2b5c-0000-4000-8000-000000000000"}""", "network")]
    [InlineData("""{"id":"7a0e2b5c-0000-4000-8000-000000000000","requestId":"x","network":"x"}""", "id", "network")]
    public async Task Word_that_cannot_be_read_is_refused_by_field(string body, params string[] fields)
    {
        foreach (var verb in (string[])["approve", "refuse"])
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await admin.Operator.PostAsync($"/admin/api/bindings/{verb}", content, Cancel);
            await answer.IsRefusedForAsync(fields);
        }
    }

    private async Task<Binding> ArchivedAsync()
    {
        var binding = await admin.BindAsync();
        return (await Changes.SetStateAsync(binding.Id, [BindingState.Active], BindingState.Archived, Cancel))!;
    }

    private async Task<IReadOnlyList<ApprovalItem>> WaitingAsync(Binding binding) =>
        [.. (await admin.GetAsync<ApprovalList>("approvals")).Items.Where(it => it.BindingId == binding.Id)];

    private Task<HttpResponseMessage> ApproveAsync(Binding binding, Network network) =>
        admin.PostAsync("bindings/approve", new ApprovalRequest(Id: binding.Id, Network: $"{network}"));

    private static async Task<BindingItem> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<BindingItem>(Cancel))!;
    }
}
