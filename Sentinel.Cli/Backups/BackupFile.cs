using System.IO.Compression;
using System.Text.Json;
using Sentinel.Storage.Backups;

namespace Sentinel.Cli.Backups;

/// <summary>What a backup says about itself. The secrets' encryption vouches for it, and it for each table.</summary>
/// <param name="Format">How it is laid out: 1.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Database">What it holds of PostgreSQL.</param>
internal sealed record BackupManifest(int Format, DateTimeOffset MadeAt, DatabaseContent Database);

/// <summary>A ZIP file: <c>tables/…</c>, <c>manifest.json</c> and <c>secrets</c>, which are encrypted.</summary>
internal static class BackupFile
{
    private const int Format = 1;
    private const string Manifest = "manifest.json";
    private const string Secrets = "secrets";

    /// <summary>Writes it for this user's eyes only, whole or not at all.</summary>
    public static async Task<BackupManifest> WriteAsync(
        string path,
        DateTimeOffset now,
        IReadOnlyDictionary<string, SecretFile> secrets,
        string passphrase,
        Func<Func<string, Stream>, Task<DatabaseContent>> writeTables)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        try
        {
            BackupManifest manifest;
            await using (var file = new FileStream(draft, PrivateOptions()))
            await using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
            {
                var content = await writeTables(
                    name => archive.CreateEntry(Table(name), CompressionLevel.Fastest).Open());
                manifest = new BackupManifest(Format, now, content);
                var description = JsonSerializer.SerializeToUtf8Bytes(manifest, JsonSerializerOptions.Web);
                WriteEntry(archive, Manifest, description);
                WriteEntry(archive, Secrets, SecretsBox.Close(
                    JsonSerializer.SerializeToUtf8Bytes(secrets), description, passphrase));
            }

            File.Move(draft, path, overwrite: false);
            return manifest;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <exception cref="VerbException">It is not a backup, was changed, or has another passphrase.</exception>
    public static (BackupManifest Manifest, Dictionary<string, SecretFile> Secrets) Read(
        ZipArchive archive, string passphrase)
    {
        var description = ReadEntry(archive, Manifest);
        var secrets = SecretsBox.Open(ReadEntry(archive, Secrets), description, passphrase);
        var manifest = JsonSerializer.Deserialize<BackupManifest>(description, JsonSerializerOptions.Web)!;
        return manifest.Format == Format
            ? (manifest, JsonSerializer.Deserialize<Dictionary<string, SecretFile>>(secrets)!)
            : throw new VerbException($"The backup has format {manifest.Format}, which a newer Sentinel reads.");
    }

    public static Stream OpenTable(ZipArchive archive, string name) => Entry(archive, Table(name)).Open();

    private static string Table(string name) => $"tables/{name}";

    private static ZipArchiveEntry Entry(ZipArchive archive, string name) =>
        archive.GetEntry(name) ?? throw new VerbException($"This is no backup of Sentinel: it has no {name}.");

    private static byte[] ReadEntry(ZipArchive archive, string name)
    {
        using var entry = Entry(archive, name).Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }

    private static void WriteEntry(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(content);
    }

    private static FileStreamOptions PrivateOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
