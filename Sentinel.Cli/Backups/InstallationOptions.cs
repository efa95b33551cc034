using System.CommandLine;

namespace Sentinel.Cli.Backups;

/// <summary>What a backup and a restore have to know: which installation, and what encrypts its secrets.</summary>
internal sealed class InstallationOptions
{
    private const string Usual = "production";

    private readonly Option<DirectoryInfo?> _folder = new("--installation")
    {
        Description = $"Where its .env, keys and certificates are: {Usual}, if a database is named.",
    };

    private readonly Option<FileInfo?> _settings = new("--env-file")
    {
        Description = "The settings, beside those set here: PG_DSN or ConnectionStrings__sentinel. If nothing is "
            + "named, the stack that runs here is meant.",
    };

    private readonly Option<FileInfo?> _passphrase = new("--passphrase-file")
    {
        Description = $"Holds the passphrase of the secrets; without it {Passphrase.Variable} does.",
    };

    public void AddTo(Command verb)
    {
        verb.Add(_folder);
        verb.Add(_settings);
        verb.Add(_passphrase);
    }

    /// <summary>
    /// The secrets of an installation, and the settings that lead to its database. Those of the local stack only
    /// together: data with the secrets of another installation is worthless.
    /// </summary>
    /// <exception cref="VerbException">Nobody says where the database is, and no stack is up.</exception>
    public (SecretFiles Secrets, FileInfo? Settings) Find(ParseResult parsed)
    {
        var (folder, settings) = (parsed.GetValue(_folder), parsed.GetValue(_settings));
        if (Database.IsNamedBy(settings))
        {
            return (new SecretFiles(folder?.FullName ?? Path.GetFullPath(Usual)), settings);
        }

        var isLocal = folder is null && settings is null;
        if (isLocal && LocalStack.Read().SettingsFile is { } file && File.Exists(file))
        {
            return (new SecretFiles(Path.GetDirectoryName(file)!), new FileInfo(file));
        }

        throw new VerbException(
            (isLocal ? "No stack is up here (./sentinel up --detach). For another one say" : "Say")
            + " where the database is: set PG_DSN or ConnectionStrings__sentinel, here or in --env-file.",
            ExitCode.SomethingMissing);
    }

    /// <exception cref="VerbException">There is none, or it can be guessed.</exception>
    public string ReadPassphrase(ParseResult parsed) => Passphrase.Read(parsed.GetValue(_passphrase));
}
