using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiPasswordTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private const string Next = "a password that is new";

    private static readonly PasswordRequest _right = new(Support.AdminApi.Password, Next);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changed_password_counts_and_ends_all_other_sessions()
    {
        var user = await admin.NewUserAsync("viewer");
        using var here = await admin.Api.SignInAsync(user.Username);
        using var elsewhere = await admin.Api.SignInAsync(user.Username);

        using var changed = await ChangeAsync(here, _right);
        using var stays = await here.GetAsync("/admin/api/me", Cancel);
        using var ended = await elsewhere.GetAsync("/admin/api/me", Cancel);
        using var old = await admin.Api.Anonymous.PostAsJsonAsync(
            "/admin/api/login", new LoginRequest(user.Username, Support.AdminApi.Password), Cancel);
        using var again = await admin.Api.SignInAsync(user.Username, Next);

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);
        _ = await ended.ProblemAsync(HttpStatusCode.Unauthorized);
        _ = await old.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(null, Next, "current")]
    [InlineData("not it", Next, "current")]
    [InlineData(Support.AdminApi.Password, "short", "next")]
    [InlineData(Support.AdminApi.Password, null, "next")]
    [InlineData(Support.AdminApi.Password, Support.AdminApi.Password, "next")]
    public async Task Change_that_cannot_be_is_refused_by_field(string? current, string? next, string field)
    {
        using var client = await admin.SignInAsync("operator");

        using var answer = await ChangeAsync(client, new PasswordRequest(current!, next!));

        await answer.IsRefusedForAsync(field);
    }

    [Fact]
    public async Task Password_cannot_be_guessed_here_either()
    {
        using var client = await admin.SignInAsync("operator");
        for (var failure = 0; failure < 5; failure++)
        {
            using var wrong = await ChangeAsync(client, _right with { Current = "a guess" });
            await wrong.IsRefusedForAsync("current");
        }

        using var refused = await ChangeAsync(client, _right);

        _ = await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Script_changes_no_password()
    {
        using var owner = await admin.SignInAsync("operator");
        using var script = await admin.ScriptAsync(owner, new NewToken("ci", "operator", Days: 1));

        using var answer = await ChangeAsync(script, _right);

        _ = await answer.ProblemAsync(HttpStatusCode.Conflict);
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, PasswordRequest request) =>
        client.PostAsJsonAsync("/admin/api/password", request, Cancel);
}
