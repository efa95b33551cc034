using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Cli.Backups;
using Sentinel.Storage.Backups;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>backup</c>: the database, and encrypted the secrets without which it is worthless.</summary>
internal static class BackupVerb
{
    public static Command Create(Terminal terminal)
    {
        var output = new Option<FileInfo?>("--output", "-o") { Description = "The file; by default with the time." };
        var options = new InstallationOptions();
        var verb = new Command("backup", "Saves the database and, encrypted, the secrets of an installation.")
        {
            output,
        };
        options.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var path = parsed.GetValue(output)?.FullName
                ?? string.Create(CultureInfo.InvariantCulture, $"sentinel-{now:yyyyMMdd'T'HHmmss}.backup");
            if (File.Exists(path))
            {
                throw new VerbException($"{path} is there already.", ExitCode.NotPossibleNow);
            }

            var passphrase = options.ReadPassphrase(parsed);
            var (files, settings) = options.Find(parsed);
            var secrets = files.Collect();
            var manifest = await Database.UseAsync(
                settings,
                services => BackupFile.WriteAsync(path, now, secrets, passphrase, open => services
                    .GetRequiredService<DatabaseBackup>().WriteAsync(open, cancellationToken)));
            var rows = manifest.Database.Tables.Sum(table => table.Rows);
            terminal.Output.MarkupLineInterpolated($"saved {rows} rows and {secrets.Count} files of secrets in {path}");
            return ExitCode.Done;
        });
        return verb;
    }
}
