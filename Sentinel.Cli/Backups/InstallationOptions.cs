using System.CommandLine;

namespace Sentinel.Cli.Backups;

/// <summary>What a backup and a restore have to know: which installation, and what encrypts its secrets.</summary>
internal sealed class InstallationOptions
{
    private readonly Option<DirectoryInfo> _folder = new("--installation")
    {
        Description = "Where its .env, keys and certificates are.",
        DefaultValueFactory = _ => new DirectoryInfo("production"),
    };

    private readonly Option<FileInfo?> _settings = new("--env-file")
    {
        Description = "The settings, beside those set here: PG_DSN or ConnectionStrings__sentinel.",
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

    public SecretFiles Files(ParseResult parsed) => new(parsed.GetRequiredValue(_folder).FullName);

    /// <exception cref="VerbException">There is none, or it can be guessed.</exception>
    public string ReadPassphrase(ParseResult parsed) => Passphrase.Read(parsed.GetValue(_passphrase));

    /// <summary>Does something with the database.</summary>
    /// <exception cref="VerbException">It cannot be done; the message says why.</exception>
    public Task<T> UseDatabaseAsync<T>(ParseResult parsed, Func<IServiceProvider, Task<T>> use) =>
        Database.UseAsync(parsed.GetValue(_settings), use);
}
