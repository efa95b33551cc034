using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Sentinel.Cli;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiLockoutTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private const string Path = "/admin/api/login";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failures_from_everywhere_slow_a_user_and_never_lock_him_out()
    {
        var user = await admin.NewUserAsync("viewer");
        await Task.WhenAll(Enumerable.Range(1, 27).Select(
            n => FailAsync(user.Username, IPAddress.Parse($"127.0.3.{n}"))));

        var watch = Stopwatch.StartNew();
        using var owner = await admin.Api.SignInAsync(user.Username);

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(1.9), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task Unlocking_on_the_machine_lets_the_locked_out_in_at_once_and_is_noted()
    {
        var user = await admin.NewUserAsync("admin");
        await LockOutAsync(user.Username);

        var (exitCode, said) = await UnlockAsync(Support.AdminApi.JwtSecret, user.Username.ToUpperInvariant());
        using var again = await admin.Api.SignInAsync(user.Username);

        Assert.True(exitCode is ExitCode.Done, said);
        var entry = Assert.Single((await admin.GetAsync<AuditPage>("audit?action=user.unlock&actor=local")).Items);
        Assert.Equal(("local", user.Username), (entry.Actor, entry.Target));
    }

    [Fact]
    public async Task Failures_after_an_unlock_count_again()
    {
        var user = await admin.NewUserAsync("viewer");
        using var unlocked = await admin.PostAsync("unlock", new UnlockRequest(user.Username));

        await LockOutAsync(user.Username);

        Assert.Equal(HttpStatusCode.NoContent, unlocked.StatusCode);
    }

    [Theory]
    [InlineData("the secret of another installation", "admin", "401")]
    [InlineData(Support.AdminApi.JwtSecret, "nobody", "no operator")]
    public async Task Unlocking_says_why_it_did_not(string secret, string username, string words)
    {
        var (exitCode, said) = await UnlockAsync(secret, username);

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains(words, said);
    }

    [Fact]
    public async Task Name_that_cannot_be_is_refused_by_field()
    {
        using var answer = await admin.PostAsync("unlock", new UnlockRequest("a b"));

        await answer.IsRefusedForAsync("username");
    }

    private async Task LockOutAsync(string username)
    {
        for (var failure = 0; failure < 5; failure++)
        {
            await FailAsync(username, IPAddress.Loopback);
        }

        using var refused = await admin.Api.Anonymous.PostAsJsonAsync(
            Path, new LoginRequest(username, Support.AdminApi.Password), Cancel);
        _ = await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
    }

    private async Task FailAsync(string username, IPAddress from)
    {
        using var client = admin.Api.NewClient(from);
        using var answer = await client.PostAsJsonAsync(Path, new LoginRequest(username, "a guess"), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<(int ExitCode, string Said)> UnlockAsync(string secret, string username)
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, secret, Cancel);
            await using var output = new StringWriter(CultureInfo.InvariantCulture);
            string[] arguments =
                ["admin", "unlock", username, "--admin-api", $"{admin.Api.Address}", "--secret-file", file];
            return (await SentinelCommand.RunAsync(arguments, Terminal.To(output), Cancel), output.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
