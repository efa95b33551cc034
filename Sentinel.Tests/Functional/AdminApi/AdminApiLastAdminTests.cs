using System.Net;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiLastAdminTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private const string OtherPassword = "another password, long enough";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Last_admin_is_neither_removed_nor_demoted_nor_disabled()
    {
        var last = await BuiltInAsync();

        HttpResponseMessage[] answers =
        [
            await admin.Operator.DeleteAsync($"/admin/api/users/{last.Id}", Cancel),
            await admin.PutAsync($"users/{last.Id}", new UserChange(Role: "operator")),
            await admin.PutAsync($"users/{last.Id}", new UserChange(IsDisabled: true)),
        ];

        foreach (var answer in answers)
        {
            _ = await answer.ProblemAsync(HttpStatusCode.Conflict);
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Of_admins_who_demote_each_other_at_once_one_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var builtIn = await BuiltInAsync();
            var other = await admin.NewUserAsync("admin");
            var change = new UserChange(Role: "viewer");

            var answers = await Task.WhenAll(
                admin.PutAsync($"users/{builtIn.Id}", change), admin.PutAsync($"users/{other.Id}", change));

            Assert.Single(answers, answer => answer.IsSuccessStatusCode);
            await RestartAsync(Support.AdminApi.Username, Support.AdminApi.Password);
            await SignInAgainAsync();
            using var removed = await admin.Operator.DeleteAsync($"/admin/api/users/{other.Id}", Cancel);
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }
    }

    [Fact]
    public async Task Start_gives_the_built_in_admin_the_configured_password_and_ends_sessions_of_another()
    {
        using var session = await admin.Api.SignInAsync();

        await RestartAsync(Support.AdminApi.Username, Support.AdminApi.Password);
        using var same = await session.GetAsync("/admin/api/me", Cancel);
        await RestartAsync(Support.AdminApi.Username, OtherPassword);
        using var ended = await session.GetAsync("/admin/api/me", Cancel);
        using var client = await admin.Api.SignInAsync(password: OtherPassword);
        await RestartAsync(Support.AdminApi.Username, Support.AdminApi.Password);
        await SignInAgainAsync();

        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        _ = await ended.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Built_in_admin_that_is_called_otherwise_now_replaces_the_one_before()
    {
        await RestartAsync("root", OtherPassword);
        using var root = await admin.Api.SignInAsync("root", OtherPassword);
        using var gone = await admin.Operator.GetAsync("/admin/api/me", Cancel);
        await RestartAsync(Support.AdminApi.Username, Support.AdminApi.Password);
        await SignInAgainAsync();

        _ = await gone.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal([true], (await admin.GetAsync<UserList>("users")).Items.Select(user => user.IsBuiltIn));
    }

    private async Task<UserItem> BuiltInAsync() =>
        (await admin.GetAsync<UserList>("users")).Items.Single(user => user.IsBuiltIn);

    private async Task RestartAsync(string username, string password)
    {
        await using var started = Support.AdminApi.Start(
            admin.Stores.Database,
            admin.Stores.Redis,
            ("Sentinel:Operators:Username", username),
            ("Sentinel:Operators:Password", password));
    }

    private async Task SignInAgainAsync()
    {
        using var client = await admin.Api.SignInAsync();
        admin.Operator.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
    }
}
