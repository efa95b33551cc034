using System.Globalization;
using Sentinel.Cli;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;
using AdminApp = Sentinel.Tests.Support.AdminApi;

namespace Sentinel.Tests.Functional.Cli;

public sealed class DemoTests(GateWorld world) : IClassFixture<GateWorld>, IDisposable
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_tells_how_a_key_is_bound_refused_and_released()
    {
        using var spans = Spans.Record();
        await using var adminApi = AdminApp.Start(world.Stores.Database, world.Stores.Redis);
        var passwordFile = await PasswordFileAsync(AdminApp.Password);

        var exitCode = await RunAsync(world.Proxy.Client.BaseAddress!, adminApi.Anonymous.BaseAddress!, passwordFile);

        var told = _output.ToString();
        Assert.True(exitCode is ExitCode.Done, told);
        Assert.Contains("Hello from the example downstream", told, StringComparison.Ordinal);
        Assert.Equal(3, told.Split("address_mismatch").Length - 1);
        Assert.Matches("trace +│ [0-9a-f]{32}", told);
    }

    [Fact]
    public async Task A_wrong_password_is_said_to_be_wrong()
    {
        await using var adminApi = AdminApp.Start(world.Stores.Database, world.Stores.Redis);
        var passwordFile = await PasswordFileAsync("not the password");

        var exitCode = await RunAsync(world.Proxy.Client.BaseAddress!, adminApi.Anonymous.BaseAddress!, passwordFile);

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains("refused to sign admin in (401)", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_stack_the_demo_says_how_to_start_one()
    {
        var nobody = new Uri("http://127.0.0.1:9");

        var exitCode = await RunAsync(nobody, nobody, "none");

        Assert.Equal(ExitCode.NotPossibleNow, exitCode);
        Assert.Contains("./sentinel up --detach", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo", "--proxy", "nowhere")]
    [InlineData("demo", "--unknown")]
    [InlineData("bench", "--rounds", "0")]
    [InlineData("nothing")]
    public async Task Wrong_usage_has_an_exit_code_of_its_own(params string[] arguments) =>
        Assert.Equal(
            ExitCode.WrongUsage, await SentinelCommand.RunAsync(arguments, Terminal.To(_output), Cancelled));

    public void Dispose() => _output.Dispose();

    private static async Task<string> PasswordFileAsync(string password)
    {
        var file = Path.Combine(ServerProcess.NewFolder().FullName, "password");
        await File.WriteAllTextAsync(file, password + "\n", Cancelled);
        return file;
    }

    private Task<int> RunAsync(Uri proxy, Uri adminApi, string passwordFile)
    {
        string[] arguments =
        [
            "demo", "--proxy", proxy.ToString(), "--admin-api", adminApi.ToString(), "--admin-user", AdminApp.Username,
            "--admin-password-file", passwordFile,
        ];
        return SentinelCommand.RunAsync(arguments, Terminal.To(_output), Cancelled);
    }
}
