using System.Net;
using System.Net.Http.Json;
using System.Text;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiScriptTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_acts_in_the_name_of_its_owner_and_is_nowhere_kept()
    {
        using var owner = await admin.SignInAsync("operator");
        using var script = await admin.ScriptAsync(owner, new NewToken("nightly", "operator", Days: 30));
        var binding = await admin.BindAsync();

        using var ban = await script.PostAsJsonAsync(
            "/admin/api/bindings/ban", new BindingReference(binding.Id), Cancel);
        var me = await script.GetFromJsonAsync<Myself>("/admin/api/me", Cancel);
        var entry = (await admin.GetAsync<AuditPage>("audit?action=binding.banned")).Items[0];
        var item = (await owner.GetFromJsonAsync<TokenList>("/admin/api/tokens", Cancel))!.Items.Single();

        Assert.Equal(HttpStatusCode.NoContent, ban.StatusCode);
        Assert.Equal(("operator", "nightly"), (me!.Role, me.Token));
        Assert.Equal($"{me.Username}/nightly", entry.Actor);
        Assert.Equal((me.Username, "127.0.0.1"), (item.Owner, item.LastUsedFrom));
        Assert.InRange(item.ExpiresAt, DateTimeOffset.UtcNow.AddDays(29), DateTimeOffset.UtcNow.AddDays(31));
        Assert.NotNull(item.LastUsedAt);
        Assert.Equal(item, await owner.GetFromJsonAsync<TokenItem>($"/admin/api/tokens/{item.Id}", Cancel));
        var secret = script.DefaultRequestHeaders.Authorization!.Parameter!;
        Assert.Equal(0, await admin.Stores.Host.ScalarAsync<long>(
            "SELECT count(*) FROM admin_tokens AS t WHERE t::text LIKE '%' || $1 || '%' OR t.hash = $2",
            secret, Encoding.UTF8.GetBytes(secret)));
    }

    [Fact]
    public async Task Token_may_never_do_more_than_its_owner_may_now()
    {
        var user = await admin.NewUserAsync("operator");
        using var owner = await admin.Api.SignInAsync(user.Username);
        using var script = await admin.ScriptAsync(owner, new NewToken("ci", "operator", Days: 1));

        using var demoted = await admin.PutAsync($"users/{user.Id}", new UserChange(Role: "viewer"));
        using var refused = await script.PostAsJsonAsync(
            "/admin/api/bindings/ban", new BindingReference(Guid.NewGuid()), Cancel);

        _ = await refused.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Revoked_and_expired_tokens_are_refused()
    {
        using var owner = await admin.SignInAsync("viewer");
        using var revoked = await admin.ScriptAsync(owner, new NewToken("revoked", "viewer", Days: 1));
        using var expired = await admin.ScriptAsync(owner, new NewToken("expired", "viewer", Days: 1));
        var items = (await owner.GetFromJsonAsync<TokenList>("/admin/api/tokens", Cancel))!.Items;

        using var gone = await owner.DeleteAsync($"/admin/api/tokens/{items[1].Id}", Cancel);
        _ = await admin.Stores.Host.ScalarAsync<Guid>(
            "UPDATE admin_tokens SET expires_at = now() WHERE id = $1 RETURNING id", items[0].Id);

        Assert.Equal(["expired", "revoked"], items.Select(item => item.Name));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        foreach (var client in (HttpClient[])[revoked, expired])
        {
            using var answer = await client.GetAsync("/admin/api/me", Cancel);
            _ = await answer.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task Operators_see_and_revoke_their_own_tokens_and_admins_all()
    {
        using var owner = await admin.SignInAsync("operator");
        using var other = await admin.SignInAsync("operator");
        using var script = await admin.ScriptAsync(owner, new NewToken("mine", "viewer", Days: 1));
        var id = (await owner.GetFromJsonAsync<TokenList>("/admin/api/tokens", Cancel))!.Items.Single().Id;

        var seen = await other.GetFromJsonAsync<TokenList>("/admin/api/tokens", Cancel);
        using var refused = await other.DeleteAsync($"/admin/api/tokens/{id}", Cancel);
        using var revoked = await admin.Operator.DeleteAsync($"/admin/api/tokens/{id}", Cancel);

        Assert.Empty(seen!.Items);
        _ = await refused.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
    }

    [Theory]
    [InlineData("""{}""", "days", "name", "role")]
    [InlineData("""{"name":"a b","role":"root","days":367}""", "days", "name", "role")]
    [InlineData("""{"name":"ci","role":"admin","days":1}""", "role")]
    public async Task Token_that_cannot_be_is_refused_by_field(string body, params string[] fields)
    {
        using var owner = await admin.SignInAsync("operator");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await owner.PostAsync("/admin/api/tokens", content, Cancel);

        await answer.IsRefusedForAsync(fields);
    }

    [Fact]
    public async Task Name_is_taken_once_and_a_token_makes_no_tokens()
    {
        using var owner = await admin.SignInAsync("viewer");
        var token = new NewToken("ci", "viewer", Days: 1);
        using var script = await admin.ScriptAsync(owner, token);

        using var taken = await owner.PostAsJsonAsync("/admin/api/tokens", token, Cancel);
        using var heir = await script.PostAsJsonAsync("/admin/api/tokens", token with { Name = "heir" }, Cancel);

        _ = await taken.ProblemAsync(HttpStatusCode.Conflict);
        _ = await heir.ProblemAsync(HttpStatusCode.Conflict);
    }
}
