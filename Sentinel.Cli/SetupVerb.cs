using System.CommandLine;
using Sentinel.Cli.Setup;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>setup</c>: makes every secret, key and certificate of an installation, once, and each anew.</summary>
internal sealed class SetupVerb
{
    private static readonly string[] _rotations = ["hmac", "jwt", "tls", "ca", "db"];

    private readonly Option<bool> _isProduction = new("--production")
    {
        Description = "For a deployment; `up` makes its own.",
    };

    private readonly Option<DirectoryInfo> _folder = Folder();
    private readonly Option<string?> _host = new("--host")
    {
        Description = "The name that clients use: localhost, if nothing is said the first time.",
    };

    private readonly Option<string?> _rotation = new("--rotate")
    {
        Description = $"What is made anew in an installation: {string.Join(", ", _rotations)}.",
    };

    private readonly Option<bool> _isUsed = new("--use")
    {
        Description = "With --rotate hmac: the next secret is used from now on.",
    };

    private readonly Option<string?> _database = new("--database")
    {
        Description = "With --rotate db: how to reach PostgreSQL.",
    };

    private readonly Option<bool> _isApplied = new("--applied")
    {
        Description = "With --rotate db: PostgreSQL has the next password.",
    };

    public static Command Create(Terminal terminal) => new SetupVerb().Build(terminal);

    /// <summary>Where an installation is.</summary>
    public static Option<DirectoryInfo> Folder() => new("--output", "-o")
    {
        Description = "Where docker-compose.yaml is.",
        DefaultValueFactory = _ => new DirectoryInfo("production"),
    };

    private Command Build(Terminal terminal)
    {
        var verb = new Command("setup", "Makes the secrets, keys and certificates of an installation.")
        {
            _isProduction, _folder, _host, _rotation, _isUsed, _database, _isApplied,
        };
        _rotation.AcceptOnlyFromAmong(_rotations);
        verb.Validators.Add(parsed =>
        {
            var rotation = parsed.GetValue(_rotation);
            if (rotation != "hmac" && parsed.GetValue(_isUsed))
            {
                parsed.AddError("--use goes with --rotate hmac.");
            }

            if (rotation != "db" && (parsed.GetValue(_isApplied) || parsed.GetValue(_database) is not null))
            {
                parsed.AddError("--database and --applied go with --rotate db.");
            }

            if (parsed.GetValue(_host) is { } host && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                parsed.AddError($"--host takes a name like api.example.com, not {host}.");
            }
        });
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed, terminal.Output, cancellationToken));
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var rotation = parsed.GetValue(_rotation);
        if (!parsed.GetValue(_isProduction) && rotation is null)
        {
            console.MarkupLine("The local stack makes its own secrets. For a deployment say --production.");
            return ExitCode.Done;
        }

        var folder = parsed.GetRequiredValue(_folder).FullName;
        var installation = new Installation(folder, parsed.GetValue(_host), TimeProvider.System);
        if (rotation is not null && !installation.Exists)
        {
            throw new VerbException(
                $"There is no .env in {folder}, so nothing to make anew. Name the folder of the installation with -o.",
                ExitCode.SomethingMissing);
        }

        Say(console, installation.Complete());
        Say(console, rotation switch
        {
            "hmac" when parsed.GetValue(_isUsed) => new HmacRotation(installation.Settings).Use(),
            "hmac" => new HmacRotation(installation.Settings).Prepare(),
            "jwt" => installation.Jwt.Rotate(),
            "tls" => installation.Certificates.Reissue(),
            "ca" => installation.Certificates.Replace(),
            "db" => await new DatabaseRotation(installation.Settings, parsed.GetValue(_database))
                .RotateAsync(parsed.GetValue(_isApplied), cancellationToken),
            _ => [],
        });
        return ExitCode.Done;
    }

    private static void Say(IAnsiConsole console, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            console.MarkupLineInterpolated($"{line}");
        }
    }
}
