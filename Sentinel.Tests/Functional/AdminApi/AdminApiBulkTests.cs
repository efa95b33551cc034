using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiBulkTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_are_banned_and_unbanned_with_a_result_for_each()
    {
        var (first, second, unknown) = ((await admin.BindAsync()).Id, (await admin.BindAsync()).Id, Guid.NewGuid());

        var banned = await SendAsync("bindings/ban", new BindingReference(Ids: [first, unknown, second]));
        var states = (await StateAsync(first), await StateAsync(second));
        var unbanned = await SendAsync("bindings/unban", new BindingReference(Ids: [second, second, unknown]));

        Assert.Equal([(first, 204), (unknown, 404), (second, 204)], banned);
        Assert.Equal(("banned", "banned"), states);
        Assert.Equal([(second, 204), (second, 409), (unknown, 404)], unbanned);
        Assert.Equal(("banned", "active"), (await StateAsync(first), await StateAsync(second)));
    }

    [Fact]
    public async Task Many_are_unbound_but_none_is_handed_to_those_who_were_refused()
    {
        var (free, wanted, banned) = (await admin.BindAsync(), await admin.BindAsync(), await admin.BindAsync());
        _ = await admin.InterceptAsync(wanted);
        using var ban = await admin.PostAsync("bindings/ban", new BindingReference(banned.Id));
        Guid[] ids = [free.Id, wanted.Id, banned.Id];

        using var answer = await admin.PostAsync("bindings/unbind", new UnbindRequest(Ids: ids));
        var results = (await answer.Content.ReadFromJsonAsync<BulkResult>(Cancel))!.Results;
        var released = await SendAsync("bindings/unbind", new UnbindRequest(Release: true, Ids: ids));

        Assert.Equal([204, 409, 409], results.Select(it => it.Status));
        Assert.Equal($"{The.Stranger}/32", Assert.Single(results[1].RefusedNetworks!).Network);
        Assert.All(results.Skip(1), it => Assert.NotEmpty(it.Detail!));
        Assert.Equal([(free.Id, 404), (wanted.Id, 204), (banned.Id, 409)], released);
    }

    [Fact]
    public async Task Many_are_labelled()
    {
        var (first, second, unknown) = ((await admin.BindAsync()).Id, (await admin.BindAsync()).Id, Guid.NewGuid());

        using var answer = await admin.PutAsync(
            "bindings/label", new LabelRequest(Label: "leaked", Ids: [first, unknown, second]));
        using var unnamed = await admin.PutAsync("bindings/label", new LabelRequest(Label: "leaked"));
        var results = (await answer.Content.ReadFromJsonAsync<BulkResult>(Cancel))!.Results;

        Assert.Equal([(first, 204), (unknown, 404), (second, 204)], results.Select(it => (it.Id, it.Status)));
        Assert.Equal("leaked", (await admin.BindingAsync(first)).Binding.Label);
        Assert.Equal("leaked", (await admin.BindingAsync(second)).Binding.Label);
        await unnamed.IsRefusedForAsync("id");
    }

    [Theory]
    [InlineData("ban")]
    [InlineData("unban")]
    [InlineData("unbind")]
    public async Task Bindings_are_named_in_one_way(string verb)
    {
        var id = Guid.NewGuid();
        HttpResponseMessage[] answers =
        [
            await admin.PostAsync($"bindings/{verb}", new { }),
            await admin.PostAsync($"bindings/{verb}", new { id, ids = Enumerable.Repeat(id, 2) }),
            await admin.PostAsync($"bindings/{verb}", new { ids = Enumerable.Repeat(id, 0) }),
            await admin.PostAsync($"bindings/{verb}", new { ids = Enumerable.Repeat(id, 501) }),
        ];

        await answers[0].IsRefusedForAsync("id");
        foreach (var answer in answers.Skip(1))
        {
            await answer.IsRefusedForAsync("ids");
        }

        Array.ForEach(answers, answer => answer.Dispose());
    }

    private async Task<string> StateAsync(Guid id) => (await admin.BindingAsync(id)).Binding.State;

    private async Task<IEnumerable<(Guid Id, int Status)>> SendAsync(string path, object body)
    {
        using var answer = await admin.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<BulkResult>(Cancel))!.Results.Select(it => (it.Id, it.Status));
    }
}
