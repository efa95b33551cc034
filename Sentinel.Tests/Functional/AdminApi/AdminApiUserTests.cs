using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiUserTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private const string Password = Support.AdminApi.Password;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operator_is_added_listed_and_may_sign_in()
    {
        var user = await admin.NewUserAsync("operator");

        using var client = await admin.Api.SignInAsync(user.Username.ToUpperInvariant());
        var me = await client.GetFromJsonAsync<Myself>("/admin/api/me", Cancel);
        var listed = (await admin.GetAsync<UserList>("users")).Items.Single(it => it.Id == user.Id);

        Assert.Equal((user.Username, "operator", null), (me!.Username, me.Role, me.Token));
        Assert.InRange(me.ExpiresAt, DateTimeOffset.UtcNow.AddHours(7), DateTimeOffset.UtcNow.AddHours(9));
        Assert.Equal(("operator", false, false), (listed.Role, listed.IsDisabled, listed.IsBuiltIn));
        Assert.NotNull(listed.LastLoginAt);
        Assert.Equal(listed, await admin.GetAsync<UserItem>($"users/{user.Id}"));
    }

    [Theory]
    [InlineData("""{}""", "password", "role", "username")]
    [InlineData("""{"username":"a/b","password":"long enough, is it?","role":"viewer"}""", "username")]
    [InlineData("""{"username":"","password":"short","role":"Admin"}""", "password", "role", "username")]
    [InlineData("""{"username":5}""", "username")]
    public async Task New_operator_that_cannot_be_is_refused_by_field(string body, params string[] fields)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.Operator.PostAsync("/admin/api/users", content, Cancel);

        await answer.IsRefusedForAsync(fields);
    }

    [Fact]
    public async Task Name_is_taken_whatever_its_case()
    {
        using var answer = await admin.PostAsync("users", new NewUser("ADMIN", Password, "viewer"));

        _ = await answer.ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Change_counts_at_once_and_ends_the_sessions()
    {
        var user = await admin.NewUserAsync("operator");
        using var before = await admin.Api.SignInAsync(user.Username);

        using var answer = await admin.PutAsync($"users/{user.Id}", new UserChange(Role: "viewer"));
        using var ended = await before.GetAsync("/admin/api/me", Cancel);
        using var after = await admin.Api.SignInAsync(user.Username);
        using var refused = await after.PostAsJsonAsync(
            "/admin/api/bindings/ban", new BindingReference(Guid.NewGuid()), Cancel);

        Assert.Equal("viewer", (await answer.Content.ReadFromJsonAsync<UserItem>(Cancel))!.Role);
        _ = await ended.ProblemAsync(HttpStatusCode.Unauthorized);
        _ = await refused.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Disabled_operator_is_out_at_once_with_his_tokens_until_enabled_again()
    {
        var user = await admin.NewUserAsync("operator");
        using var session = await admin.Api.SignInAsync(user.Username);
        using var script = await admin.ScriptAsync(session, new NewToken("ci", "viewer", Days: 1));

        using var disabled = await admin.PutAsync($"users/{user.Id}", new UserChange(IsDisabled: true));
        HttpResponseMessage[] answers =
        [
            await session.GetAsync("/admin/api/me", Cancel),
            await script.GetAsync("/admin/api/me", Cancel),
            await admin.Api.Anonymous.PostAsJsonAsync(
                "/admin/api/login", new LoginRequest(user.Username, Password), Cancel),
        ];
        using var enabled = await admin.PutAsync($"users/{user.Id}", new UserChange(IsDisabled: false));
        using var again = await admin.Api.SignInAsync(user.Username);

        foreach (var answer in answers)
        {
            _ = await answer.ProblemAsync(HttpStatusCode.Unauthorized);
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Removed_operator_is_gone_with_his_sessions()
    {
        var user = await admin.NewUserAsync("admin");
        using var session = await admin.Api.SignInAsync(user.Username);

        using var removed = await admin.Operator.DeleteAsync($"/admin/api/users/{user.Id}", Cancel);
        using var again = await admin.Operator.DeleteAsync($"/admin/api/users/{user.Id}", Cancel);
        using var changed = await admin.PutAsync($"users/{user.Id}", new UserChange(Role: "viewer"));
        using var ended = await session.GetAsync("/admin/api/me", Cancel);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        _ = await again.ProblemAsync(HttpStatusCode.NotFound);
        _ = await changed.ProblemAsync(HttpStatusCode.NotFound);
        _ = await ended.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"role":"root","password":"short"}""", "password", "role")]
    [InlineData("""{"isDisabled":"yes"}""", "isDisabled")]
    public async Task Change_that_cannot_be_is_refused_by_field(string body, params string[] fields)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.Operator.PutAsync($"/admin/api/users/{Guid.NewGuid()}", content, Cancel);

        await answer.IsRefusedForAsync(fields);
    }
}
