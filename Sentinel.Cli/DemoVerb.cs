using System.CommandLine;
using Sentinel.Cli.Admin;
using Sentinel.Cli.Demo;

namespace Sentinel.Cli;

/// <summary><c>demo</c>: tells in a terminal, with real requests, what Sentinel does.</summary>
internal static class DemoVerb
{
    private static readonly Uri _proxyDoor = new("http://localhost:7000");

    public static Command Create(Terminal terminal)
    {
        var proxy = StackOptions.Uri("--proxy", "SENTINEL_PROXY", stack => stack.Proxy ?? _proxyDoor, "The proxy.");
        var adminApi = StackOptions.AdminApi();
        var dashboard = StackOptions.Uri(
            "--dashboard", "SENTINEL_DASHBOARD", stack => stack.Dashboard, "The dashboard, to link to the trace.");
        var (user, passwordFile) = StackOptions.Admin();
        var verb = new Command("demo", "Tells the story of a key: bound, used, stolen, refused, released.")
        {
            proxy, adminApi, dashboard, user, passwordFile,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = new Gateway(parsed.GetRequiredValue(proxy)!);
            using var desk = new AdminDesk(parsed.GetRequiredValue(adminApi)!);
            var login = new AdminLogin(parsed.GetRequiredValue(user)!, parsed.GetValue(passwordFile));
            var story = new Story(new Stage(terminal.Output, parsed.GetValue(dashboard)), gateway, desk, login);
            await story.TellAsync(cancellationToken);
            return ExitCode.Done;
        });
        return verb;
    }
}
