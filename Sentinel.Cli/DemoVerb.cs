using System.CommandLine;
using Sentinel.Cli.Demo;

namespace Sentinel.Cli;

/// <summary><c>demo</c>: tells in a terminal, with real requests, what Sentinel does.</summary>
internal static class DemoVerb
{
    private static readonly Uri _proxyDoor = new("http://localhost:7000");

    private static readonly Uri _adminApiDoor = new("http://localhost:7001");

    public static Command Create(Terminal terminal)
    {
        var proxy = UriOption("--proxy", "SENTINEL_PROXY", stack => stack.Proxy ?? _proxyDoor, "The proxy.");
        var adminApi = UriOption(
            "--admin-api", "SENTINEL_ADMIN_API", stack => stack.AdminApi ?? _adminApiDoor, "The admin API.");
        var dashboard = UriOption(
            "--dashboard", "SENTINEL_DASHBOARD", stack => stack.Dashboard, "The dashboard, to link to the trace.");
        var user = TextOption(
            "--admin-user", "ADMIN_USERNAME", stack => stack.Admin?.Username ?? "admin", "Who signs in.");
        var passwordFile = TextOption(
            "--admin-password-file",
            "SENTINEL_ADMIN_PASSWORD_FILE",
            stack => stack.Admin?.PasswordFile,
            "The file that holds the admin's password.");
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

    private static Option<Uri?> UriOption(string name, string variable, Func<LocalStack, Uri?> local, string says) =>
        new(name)
        {
            Description = $"{says} [{variable}]",
            CustomParser = parsed =>
            {
                if (Uri.TryCreate(parsed.Tokens[0].Value, UriKind.Absolute, out var address))
                {
                    return address;
                }

                parsed.AddError($"{name} takes an address like http://localhost:7000.");
                return null;
            },
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
                ? new Uri(given)
                : local(LocalStack.Read()),
        };

    private static Option<string?> TextOption(
        string name, string variable, Func<LocalStack, string?> local, string says) =>
        new(name)
        {
            Description = $"{says} [{variable}]",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
                ? given
                : local(LocalStack.Read()),
        };
}
