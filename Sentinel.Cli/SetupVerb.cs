using System.CommandLine;
using Sentinel.Cli.Setup;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>setup</c>: makes every secret, key and certificate of an installation, once, and each anew.</summary>
internal static class SetupVerb
{
    private static readonly string[] _rotations = ["hmac", "jwt", "tls", "ca", "db"];

    public static Command Create(Terminal terminal)
    {
        var folder = Folder();
        var host = new Option<string>("--host")
        {
            Description = "The name that clients use.",
            DefaultValueFactory = _ => "localhost",
        };
        var isProduction = new Option<bool>("--production") { Description = "For a deployment; `up` makes its own." };
        var rotated = new Option<string?>("--rotate")
        {
            Description = $"What is made anew: {string.Join(", ", _rotations)}.",
        };
        rotated.AcceptOnlyFromAmong(_rotations);
        var isUsed = new Option<bool>("--use") { Description = "With hmac: the next secret is used from now on." };
        var database = new Option<string?>("--database") { Description = "With db: how to reach PostgreSQL." };
        var isApplied = new Option<bool>("--applied") { Description = "With db: PostgreSQL has the next password." };
        var verb = new Command("setup", "Makes the secrets, keys and certificates of an installation.")
        {
            isProduction, folder, host, rotated, isUsed, database, isApplied,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(isProduction))
            {
                terminal.Output.MarkupLine("The local stack makes its own secrets. For a deployment say --production.");
                return ExitCode.Done;
            }

            var installation = new Installation(
                parsed.GetRequiredValue(folder).FullName, parsed.GetRequiredValue(host), TimeProvider.System);
            Say(terminal, installation.Complete());
            Say(terminal, parsed.GetValue(rotated) switch
            {
                "hmac" when parsed.GetValue(isUsed) => new HmacRotation(installation.Settings).Use(),
                "hmac" => new HmacRotation(installation.Settings).Prepare(),
                "jwt" => installation.Jwt.Rotate(),
                "tls" => installation.Certificates.Reissue(),
                "ca" => installation.Certificates.Replace(),
                "db" => await new DatabaseRotation(installation.Settings, parsed.GetValue(database))
                    .RotateAsync(parsed.GetValue(isApplied), cancellationToken),
                _ => [],
            });
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>Where an installation is.</summary>
    public static Option<DirectoryInfo> Folder() => new("--output", "-o")
    {
        Description = "Where docker-compose.yaml is.",
        DefaultValueFactory = _ => new DirectoryInfo("production"),
    };

    private static void Say(Terminal terminal, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            terminal.Output.MarkupLineInterpolated($"{line}");
        }
    }
}
