using System.Diagnostics;
using Sentinel.Cli;
using Sentinel.Tests.Conventions;

namespace Sentinel.Tests.Functional.Cli;

/// <summary><c>./sentinel</c> refuses what it cannot do before it builds for minutes.</summary>
public sealed class FrontDoorTests
{
    [Theory]
    [InlineData(ExitCode.WrongUsage, "there is no verb 'deploy'", "deploy")]
    [InlineData(ExitCode.WrongUsage, "publish takes compose or kubernetes", "publish")]
    [InlineData(ExitCode.WrongUsage, "publish takes compose or kubernetes", "publish", "swarm")]
    [InlineData(ExitCode.WrongUsage, "publish does not know '--force'", "publish", "compose", "--force")]
    [InlineData(ExitCode.WrongUsage, "-o takes a folder", "publish", "kubernetes", "-o")]
    [InlineData(ExitCode.Failed, "cannot write to the folder '/dev/null/x'", "publish", "compose", "-o", "/dev/null/x")]
    [InlineData(ExitCode.WrongUsage, "-o takes a folder", "bundle", "-o")]
    [InlineData(ExitCode.WrongUsage, "bundle does not know 'console'", "bundle", "console")]
    [InlineData(ExitCode.Failed, "cannot write to the folder '/dev/null/a'", "bundle", "-o", "/dev/null/a", "proxy")]
    public async Task Front_door_says_what_is_wrong(int exitCode, string message, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Tree.Root, "sentinel"), arguments)
        {
            RedirectStandardError = true,
        })!;

        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.StartsWith($"sentinel: {message}", said, StringComparison.Ordinal);
    }
}
