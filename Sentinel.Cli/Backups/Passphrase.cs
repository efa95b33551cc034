namespace Sentinel.Cli.Backups;

/// <summary>What encrypts the secrets of a backup. Kept apart from the backup, or both are lost together.</summary>
internal static class Passphrase
{
    public const string Variable = "SENTINEL_BACKUP_PASSPHRASE";

    private const int Shortest = 16;

    /// <exception cref="VerbException">There is none, or it can be guessed.</exception>
    public static string Read(FileInfo? file)
    {
        if (file is { Exists: false })
        {
            throw new VerbException($"There is no file {file}.", ExitCode.SomethingMissing);
        }

        var text = file is null ? Environment.GetEnvironmentVariable(Variable) : File.ReadAllText(file.FullName);
        var passphrase = text?.Trim() ?? "";
        return passphrase.Length >= Shortest
            ? passphrase
            : throw new VerbException(
                $"Give a passphrase of at least {Shortest} characters by --passphrase-file or {Variable}.",
                ExitCode.WrongUsage);
    }
}
