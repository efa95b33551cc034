using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Sentinel.Cli;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;
using AdminApp = Sentinel.Tests.Support.AdminApi;

namespace Sentinel.Tests.Functional.Doctor;

/// <summary>What an operator is told who asks why a caller is taken for somebody else.</summary>
public sealed class CallerChainTests(GateWorld world) : IClassFixture<GateWorld>, IAsyncLifetime
{
    private AdminApp _adminApi = null!;
    private HttpClient _operator = null!;

    public static TheoryData<string, string, string?, string> Chains => new()
    {
        // headers, separated by |                       verdict          caller           the reason says
        { "X-Real-IP: 203.0.113.21",                     "named",         "203.0.113.21",  "A trusted proxy named" },
        { "X-Forwarded-For: 192.0.2.1, 203.0.113.22",    "named",         "203.0.113.22",  "A trusted proxy named" },
        { "X-Forwarded-For: somewhere",                  "malformed",     null,            "what is no address" },
        { "X-Real-IP: 192.0.2.1|X-Forwarded-For: 192.0.2.2", "contradiction", null,        "CallerHeader" },
        { "X-Real-IP: 127.0.0.9",                        "proxy_named",   null,            "narrow it" },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _adminApi = AdminApp.Start(world.Stores.Database, world.Stores.Redis);
        _operator = await _adminApi.SignInAsync();
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public async Task Chain_is_shown_with_the_reason_of_its_verdict(
        string headers, string verdict, string? caller, string reason)
    {
        await AskAsync(world.Proxy, headers + "|X-Sentinel-Proxy: a secret of 16 or more");

        var chain = await FindAsync(it =>
            it.Verdict == verdict && it.Caller == caller && it.Headers.Any(h => h.Name == "X-Sentinel-Proxy"));

        Assert.Equal("127.0.0.1", chain.Peer);
        Assert.Contains(reason, chain.Reason, StringComparison.Ordinal);
        Assert.Contains(new ChainHeader("X-Sentinel-Proxy", "(hidden)"), chain.Headers);
    }

    [Fact]
    public async Task Key_in_a_header_of_addresses_is_not_shown()
    {
        var key = The.Key;

        await AskAsync(world.Proxy, $"X-Forwarded-For: {key}, 203.0.113.31|True-Client-IP: {key}");

        var chain = await FindAsync(it => it.Caller == "203.0.113.31");
        Assert.Equal("(no address), 203.0.113.31", chain.Headers[0].Value);
        Assert.Equal(new ChainHeader("True-Client-IP", "(no address)"), chain.Headers[1]);
        Assert.DoesNotContain(
            key, await _operator.GetStringAsync("/admin/api/doctor/caller", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_chains_of_two_replicas_are_one_and_only_the_last_fifty_are_kept()
    {
        for (var host = 1; host <= 60; host++)
        {
            foreach (var replica in new[] { world.Proxy, world.OtherProxy })
            {
                await AskAsync(replica, $"X-Real-IP: 198.51.100.{host}");
            }

            if (host % 20 == 0)
            {
                _ = await FindAsync(it => it.Caller == $"198.51.100.{host}");
            }
        }

        var diagnosis = await ExamineAsync();

        Assert.InRange(diagnosis.Chains!.Count, 1, 50);
        Assert.Equal(
            diagnosis.Chains.Count,
            diagnosis.Chains.DistinctBy(it => (it.Caller, it.Verdict, string.Join('|', it.Headers))).Count());
    }

    [Fact]
    public async Task Private_peer_that_names_others_without_being_trusted_is_pointed_out()
    {
        await using var untrusting = world.NewProxy(("TRUSTED_PROXIES", ""));
        await AskAsync(untrusting, "X-Real-IP: 203.0.113.41");

        await Eventually.Holds(async () =>
            (await ExamineAsync()).Warnings.Any(it =>
                it.Code == "untrusted_proxy" && it.Message.Contains("127.0.0.1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_verb_shows_chains_and_warnings()
    {
        await AskAsync(world.Proxy, "X-Real-IP: 203.0.113.51");
        _ = await FindAsync(it => it.Caller == "203.0.113.51");
        var passwordFile = Path.Combine(ServerProcess.NewFolder().FullName, "password");
        await File.WriteAllTextAsync(passwordFile, AdminApp.Password, Cancelled);
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "doctor", "caller", "--admin-api", _adminApi.Address.ToString(), "--admin-user", AdminApp.Username,
            "--admin-password-file", passwordFile,
        ];

        var exitCode = await SentinelCommand.RunAsync(arguments, Terminal.To(output), Cancelled);

        Assert.True(exitCode is ExitCode.Done, output.ToString());
        Assert.Matches("127.0.0.1 +│ X-Real-IP: 203.0.113.51 +│ named +│ 203.0.113.51", output.ToString());
    }

    [Fact]
    public async Task Nobody_is_told_without_signing_in()
    {
        using var answer = await _adminApi.Anonymous.GetAsync("/admin/api/doctor/caller", Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await _adminApi.DisposeAsync();
    }

    private static async Task AskAsync(ProxyApp proxy, string headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/anything");
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (header.Split(": ")[0], header.Split(": ")[1]);
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var _ = await proxy.SendAsync(request);
    }

    private async Task<CallerDiagnosis> ExamineAsync() =>
        (await _operator.GetFromJsonAsync<CallerDiagnosis>("/admin/api/doctor/caller", Cancelled))!;

    private async Task<CallerDiagnosisChain> FindAsync(Predicate<CallerDiagnosisChain> wanted)
    {
        CallerDiagnosisChain? found = null;
        await Eventually.Holds(async () =>
            (found = (await ExamineAsync()).Chains?.FirstOrDefault(chain => wanted(chain))) is not null);
        return found!;
    }
}
