using System.Globalization;
using System.Text.Json;
using Sentinel.Cli;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Cli;

public sealed class AdminVerbTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>, IAsyncLifetime
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private string _passwordFile = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _passwordFile = Path.Combine(ServerProcess.NewFolder().FullName, "password");
        await File.WriteAllTextAsync(_passwordFile, Support.AdminApi.Password, Cancel);
    }

    public ValueTask DisposeAsync() => _output.DisposeAsync();

    [Fact]
    public async Task Bindings_are_listed_shown_and_decided_about()
    {
        var binding = await admin.BindAsync(hint: "sk-…cli1");

        Assert.Contains("sk-…cli1", await DoneAsync("bindings", "list", "--q", "cli1"));
        Assert.Contains("banned", await DoneAsync("bindings", "ban", $"{binding.Id}"));
        Assert.Contains("banned", await DoneAsync("bindings", "show", $"{binding.Id}"));
        Assert.Contains("active again", await DoneAsync("bindings", "unban", $"{binding.Id}"));
        Assert.Contains("the office", await DoneAsync("bindings", "label", $"{binding.Id}", "the office"));
        Assert.Contains("192.0.2.0/24", await DoneAsync("bindings", "ip", $"{binding.Id}", "192.0.2.0/24"));
        Assert.Contains("10.0.0.1", await DoneAsync("bindings", "unbind", $"{binding.Id}", "--next", "10.0.0.1"));
        Assert.Equal("10.0.0.1/32", $"{(await FindAsync(binding)).Networks.Single()}");
        Assert.Contains("unbound", await DoneAsync("bindings", "unbind", $"{binding.Id}"));
    }

    [Fact]
    public async Task Refused_caller_is_approved_by_his_request()
    {
        var binding = await admin.BindAsync(hint: "sk-…cli2");
        var refusal = await admin.InterceptAsync(binding);
        var other = await admin.InterceptAsync(binding, it => it with { Caller = The.Address("192.0.2.77") });

        Assert.Contains(refusal.RequestId, await DoneAsync("bindings", "waiting"));
        Assert.Contains($"{The.Stranger}", await DoneAsync("bindings", "approve", refusal.RequestId));
        Assert.Contains("does not ask again", await DoneAsync("bindings", "refuse", other.RequestId));
        Assert.True((await FindAsync(binding)).Admits(The.Stranger));
    }

    [Fact]
    public async Task Network_of_a_key_is_approved_and_refused_without_a_request()
    {
        var binding = await admin.BindAsync(hint: "sk-…cli5");

        Assert.Contains("192.0.2.9", await DoneAsync(
            "bindings", "approve", "--id", $"{binding.Id}", "--network", "192.0.2.9"));
        _ = await DoneAsync("bindings", "refuse", "--id", $"{binding.Id}", "--network", "192.0.2.10");
        Assert.Contains("requestId: ", await FailAsync(ExitCode.Failed, "bindings", "approve"));
    }

    [Fact]
    public async Task Key_is_bound_before_its_first_use()
    {
        var keyFile = Path.Combine(ServerProcess.NewFolder().FullName, "key");
        await File.WriteAllTextAsync(keyFile, $"{The.Key}\n", Cancel);

        var added = JsonSerializer.Deserialize<BindingItem>(
            await DoneAsync(
                "bindings", "add", "192.0.2.0/24", "198.51.100.1", "--fingerprint", $"{The.Fingerprint}",
                "--hint", "sk-…cli6", "--label", "the lab", "--json"),
            JsonSerializerOptions.Web)!;

        Assert.Equal(("sk-…cli6", "the lab", "active"), (added.Hint, added.Label, added.State));
        Assert.Equal(["192.0.2.0/24", "198.51.100.1/32"], added.Networks);
        Assert.Contains("SENTINEL_HMAC_SECRET", await FailAsync(
            ExitCode.Failed, "bindings", "add", "192.0.2.0/24", "--key-file", keyFile));
        _ = await FailAsync(ExitCode.SomethingMissing, "bindings", "add", "192.0.2.0/24", "--key-file", "/nowhere");
    }

    [Fact]
    public async Task Cursors_lead_through_every_list()
    {
        _ = await admin.BindAsync(hint: "sk-…cli7");
        _ = await admin.BindAsync(hint: "sk-…cli7");
        _ = await admin.InterceptAsync(null, it => it with { Reason = "by_cursor", Path = "/old" });
        _ = await admin.InterceptAsync(null, it => it with { Reason = "by_cursor", Path = "/new" });

        var bindings = await DoneAsync("bindings", "list", "--q", "cli7", "--page-size", "1");
        var logs = await DoneAsync("logs", "list", "--reason", "by_cursor", "--limit", "1");
        var rest = await DoneAsync("bindings", "list", "--q", "cli7", "--page-size", "1", "--cursor", Next(bindings));

        Assert.Contains("1 of 2", rest);
        Assert.DoesNotContain("--cursor", rest);
        Assert.Contains("/new", logs);
        Assert.Contains(
            "/old", await DoneAsync("logs", "list", "--reason", "by_cursor", "--limit", "1", "--cursor", Next(logs)));
        _ = await FailAsync(ExitCode.Failed, "alerts", "deliveries", "--cursor", "none of ours");

        static string Next(string output) => output.Split("--cursor ")[1].Trim();
    }

    [Fact]
    public async Task Json_is_the_answer_of_the_admin_API()
    {
        var binding = await admin.BindAsync(hint: "sk-…cli3");

        var page = JsonSerializer.Deserialize<BindingPage>(
            await DoneAsync("bindings", "list", "--q", "cli3", "--json"), JsonSerializerOptions.Web);

        Assert.Equal(binding.Id, Assert.Single(page!.Items).Id);
        var ban = JsonSerializer.Deserialize<BulkResult>(
            await DoneAsync("bindings", "ban", $"{binding.Id}", "--json"), JsonSerializerOptions.Web);
        Assert.Equal((binding.Id, 204), (Assert.Single(ban!.Results).Id, ban.Results[0].Status));
    }

    [Theory]
    [InlineData("csv", 3)]
    [InlineData("ndjson", 2)]
    public async Task Refusals_are_listed_and_exported(string format, int lines)
    {
        var reason = $"reason_{format}";
        _ = await admin.InterceptAsync(null, it => it with { Reason = reason, Path = "/one" });
        _ = await admin.InterceptAsync(null, it => it with { Reason = reason, Path = "/two" });
        var file = Path.Combine(ServerProcess.NewFolder().FullName, "export");
        string[] export =
        [
            "logs", "export", "--reason", reason, "--format", format, "--output", file, "--from", "2026-01-01T00:00Z",
        ];

        Assert.Contains("/two", await DoneAsync("logs", "list", "--reason", reason));
        Assert.Contains($"2 rows in {file}", await DoneAsync(export));
        Assert.Equal(lines, (await File.ReadAllLinesAsync(file, Cancel)).Length);
    }

    [Fact]
    public async Task Settings_are_read_changed_and_put_back()
    {
        var before = JsonSerializer.Deserialize<SettingsDocument>(
            await DoneAsync("settings", "get", "--json"), JsonSerializerOptions.Web)!;

        Assert.Contains("claimWait", await DoneAsync("settings", "set", "claimWait=7", "mode=observe"));
        Assert.Contains("7", await DoneAsync("settings", "get", "claimWait"));
        Assert.Contains("mode: not set → observe", await DoneAsync("settings", "history"));
        _ = await DoneAsync("settings", "restore", before.Version.ToString(CultureInfo.InvariantCulture));
        Assert.DoesNotContain("observe", await DoneAsync("settings", "get", "mode"));
        Assert.Contains(
            "claimWait: ", await FailAsync(ExitCode.Failed, "settings", "set", "claimWait=many", "unknown=1"));
    }

    [Fact]
    public async Task Audit_is_listed_and_a_broken_one_ends_with_exit_code_1()
    {
        var binding = await admin.BindAsync();
        _ = await DoneAsync("bindings", "ban", $"{binding.Id}");

        Assert.Contains($"{binding.Id}", await DoneAsync("audit", "list", "--action", "binding.banned"));
        Assert.Contains("yes", await DoneAsync("audit", "verify"));
        var actor = await ForgeAsync("nobody");
        Assert.Contains("no", await FailAsync(ExitCode.Failed, "audit", "verify"));
        _ = await ForgeAsync(actor);
    }

    [Fact]
    public async Task Alerts_without_a_webhook_fail_and_say_why()
    {
        Assert.Contains("No webhook is set", await FailAsync(ExitCode.Failed, "alerts", "test"));
        Assert.Contains("attempts", await DoneAsync("alerts", "deliveries"));
        Assert.Contains("404", await FailAsync(ExitCode.Failed, "alerts", "replay", $"{Guid.NewGuid()}"));
    }

    [Fact]
    public async Task Sweep_is_planned_and_run()
    {
        Assert.Contains("what would go", await DoneAsync("retention", "plan"));
        Assert.Contains("what went", await DoneAsync("retention", "run"));
    }

    [Fact]
    public async Task Token_of_a_script_does_what_its_role_may()
    {
        using var answer = await admin.PostAsync("tokens", new NewToken("cli", "viewer", Days: 1));
        var token = JsonSerializer.Deserialize<MadeToken>(
            await answer.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!.Token;
        string[] asScript = ["--admin-token", token, "--admin-api", $"{admin.Api.Address}"];

        Assert.Equal(ExitCode.Done, await RunAsync(["bindings", "list", .. asScript]));
        Assert.Equal(ExitCode.Failed, await RunAsync(["bindings", "ban", $"{Guid.NewGuid()}", .. asScript]));
        Assert.Contains("The role of this operator does not allow that", _output.ToString());
    }

    [Fact]
    public async Task Whatever_goes_wrong_has_its_exit_code()
    {
        Assert.Contains("404", await FailAsync(ExitCode.Failed, "bindings", "ban", $"{Guid.NewGuid()}"));
        Assert.Contains("state: ", await FailAsync(ExitCode.Failed, "bindings", "list", "--state", "lost"));
        _ = await FailAsync(ExitCode.WrongUsage, "bindings", "ban", "not-an-id");
        _ = await FailAsync(ExitCode.WrongUsage, "settings", "set", "no-value");
        _ = await FailAsync(ExitCode.WrongUsage, "logs", "export", "--format", "xlsx");
        Assert.Equal(ExitCode.NotPossibleNow, await RunAsync(
            ["audit", "list", "--admin-api", "http://127.0.0.1:9", "--admin-password-file", _passwordFile]));
        Assert.Equal(ExitCode.SomethingMissing, await RunAsync(
            ["audit", "list", "--admin-api", $"{admin.Api.Address}", "--admin-password-file", "/nowhere"]));
    }

    /// <summary>Writes another name into the first entry of the audit, and gives the one that was there.</summary>
    private Task<string> ForgeAsync(string actor) => admin.Stores.Host.ScalarAsync<string>(
        """
        UPDATE admin_audit AS a SET actor = $1 FROM (SELECT id, actor FROM admin_audit WHERE id = 1) AS before
         WHERE a.id = before.id RETURNING before.actor
        """,
        actor);

    private async Task<Binding> FindAsync(Binding binding) =>
        (await admin.Stores.Host.Get<BindingStore>().FindAsync(binding.Fingerprint, Cancel))!;

    private Task<string> DoneAsync(params string[] arguments) => FailAsync(ExitCode.Done, arguments);

    /// <summary>Runs a verb, expects an exit code, and gives what it printed.</summary>
    private async Task<string> FailAsync(int exitCode, params string[] arguments)
    {
        _ = _output.GetStringBuilder().Clear();
        var code = await RunAsync(
        [
            .. arguments, "--admin-api", $"{admin.Api.Address}", "--admin-user", Support.AdminApi.Username,
            "--admin-password-file", _passwordFile,
        ]);
        Assert.True(exitCode == code, $"{code}: {_output}");
        return _output.ToString();
    }

    private Task<int> RunAsync(string[] arguments) =>
        SentinelCommand.RunAsync(arguments, Terminal.To(_output), Cancel);
}
