using System.CommandLine;
using Sentinel.Cli.Setup;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>setup</c>: makes every secret, key and certificate of an installation, once.</summary>
internal static class SetupVerb
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Option<DirectoryInfo>("--output", "-o")
        {
            Description = "Where docker-compose.yaml is.",
            DefaultValueFactory = _ => new DirectoryInfo("production"),
        };
        var host = new Option<string>("--host")
        {
            Description = "The name that clients use.",
            DefaultValueFactory = _ => "localhost",
        };
        var isProduction = new Option<bool>("--production") { Description = "For a deployment; `up` makes its own." };
        var rotated = new Option<string?>("--rotate") { Description = "What is made anew: jwt or tls." };
        rotated.AcceptOnlyFromAmong("jwt", "tls");
        var verb = new Command("setup", "Makes the secrets, keys and certificates of an installation.")
        {
            isProduction, folder, host, rotated,
        };
        verb.SetAction(parsed =>
        {
            if (!parsed.GetValue(isProduction))
            {
                terminal.Output.MarkupLine("The local stack makes its own secrets. For a deployment say --production.");
                return ExitCode.Done;
            }

            var installation = new Installation(
                parsed.GetRequiredValue(folder).FullName, parsed.GetRequiredValue(host), TimeProvider.System);
            foreach (var line in installation.Complete(parsed.GetValue(rotated)))
            {
                terminal.Output.MarkupLineInterpolated($"{line}");
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
