using System.CommandLine;
using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Cli.Backups;
using Sentinel.Storage.Backups;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>restore</c>: brings back what is missing. What is there, and so each newer ban, stays.</summary>
internal static class RestoreVerb
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<FileInfo>("file") { Description = "What backup made." };
        var options = new InstallationOptions();
        var verb = new Command("restore", "Brings back what is missing of a backup; what is there stays as it is.")
        {
            file,
        };
        options.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var archive = Open(parsed.GetRequiredValue(file));
            var (manifest, secrets) = BackupFile.Read(archive, options.ReadPassphrase(parsed));
            var (files, settings) = options.Find(parsed);
            files.MustKnow(secrets);
            var added = await Database.UseAsync(
                settings,
                services => services.GetRequiredService<DatabaseRestore>().ReadAsync(
                    manifest.Database,
                    name => BackupFile.OpenTable(archive, name),
                    Environment.UserName,
                    cancellationToken));
            foreach (var line in files.Restore(secrets))
            {
                terminal.Output.MarkupLineInterpolated($"{line}");
            }

            Print(terminal.Output, manifest, added);
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Print(IAnsiConsole console, BackupManifest manifest, IReadOnlyDictionary<string, int> added)
    {
        console.MarkupLineInterpolated($"the backup of {manifest.MadeAt:u}:");
        var table = new Table().Border(TableBorder.None).AddColumns("table", "saved", "came back");
        foreach (var kept in manifest.Database.Tables)
        {
            table.AddRow(kept.Name, $"{kept.Rows}", $"{added[kept.Name]}");
        }

        console.Write(table);
    }

    private static ZipArchive Open(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new VerbException($"There is no file {file}.", ExitCode.SomethingMissing);
        }

        try
        {
            return ZipFile.OpenRead(file.FullName);
        }
        catch (InvalidDataException)
        {
            throw new VerbException($"{file} is no backup of Sentinel.");
        }
    }
}
