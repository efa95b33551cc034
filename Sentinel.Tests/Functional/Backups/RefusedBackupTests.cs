using System.IO.Compression;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Backups;

/// <summary>What is not as it should be is said, and changes nothing.</summary>
public sealed class RefusedBackupTests(StoresOfClass stores) : IClassFixture<StoresOfClass>, IDisposable
{
    private readonly Installation _installation = new();

    [Fact]
    public async Task Backup_without_the_secret_of_the_fingerprints_is_none()
    {
        _installation.Write("production/.env", "HMAC_SECRET=\n");

        await RefusedAsync(ExitCode.SomethingMissing, "no key of the backup would be known", "backup");
    }

    [Fact]
    public async Task Passphrase_that_can_be_guessed_is_refused()
    {
        _installation.Passphrase("short");

        await RefusedAsync(ExitCode.WrongUsage, "at least 16 characters", "backup");
    }

    [Fact]
    public async Task Database_that_is_not_named_is_asked_for()
    {
        await RefusedAsync(ExitCode.SomethingMissing, "set PG_DSN", "backup", database: "");
    }

    [Fact]
    public async Task Database_that_is_away_is_named_and_nothing_is_left_behind()
    {
        var nobody = $"Host=127.0.0.1;Port={ServerProcess.FreePort()};Timeout=1";
        var file = _installation.PathOf("a.backup");

        var (exitCode, said) = await _installation.RunAsync(nobody, "backup", "-o", file);

        Assert.True(exitCode == ExitCode.NotPossibleNow, said);
        Assert.Contains("PostgreSQL is not available", said, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Wrong_passphrase_opens_nothing()
    {
        var backup = await BackUpAsync();
        _installation.Passphrase("another one, which is long");

        await RefusedAsync(ExitCode.Failed, "passphrase is not that of the backup", "restore", backup);
    }

    [Fact]
    public async Task Changed_description_is_noticed()
    {
        var backup = await BackUpAsync();
        Change(backup, "manifest.json", text => text.Replace("bindings", "findings"));

        await RefusedAsync(ExitCode.Failed, "or the backup was changed", "restore", backup);
    }

    [Fact]
    public async Task Changed_row_is_noticed()
    {
        var backup = await BackUpAsync();
        Change(backup, "tables/settings", text => text.Replace("sentinel", "somebody"));

        await RefusedAsync(ExitCode.Failed, "settings is not what was written", "restore", backup);
    }

    [Fact]
    public async Task Installation_with_another_secret_would_know_no_key()
    {
        var backup = await BackUpAsync();
        _installation.Write("production/.env", "HMAC_SECRET=another one, which is long enough as well\n");

        await RefusedAsync(ExitCode.NotPossibleNow, "has another HMAC_SECRET", "restore", backup);
    }

    [Fact]
    public async Task File_of_another_kind_is_no_backup()
    {
        await RefusedAsync(
            ExitCode.Failed, "is no backup of Sentinel", "restore", _installation.PathOf("passphrase"));
        await RefusedAsync(ExitCode.SomethingMissing, "There is no file", "restore", "/nowhere");
    }

    public void Dispose() => _installation.Dispose();

    private async Task<string> BackUpAsync()
    {
        var file = _installation.PathOf("a.backup");
        var (exitCode, said) = await _installation.RunAsync(stores.Database, "backup", "-o", file);
        Assert.True(exitCode == ExitCode.Done, said);
        return file;
    }

    private async Task RefusedAsync(
        int exitCode, string message, string verb, string? file = null, string? database = null)
    {
        string[] command = verb == "restore" ? [verb, file!] : [verb, "-o", _installation.PathOf("b.backup")];

        var (code, said) = await _installation.RunAsync(database ?? stores.Database, command);

        Assert.True(exitCode == code, said);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    private static void Change(string backup, string name, Func<string, string> change)
    {
        using var archive = ZipFile.Open(backup, ZipArchiveMode.Update);
        var entry = archive.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = reader.ReadToEnd();
        }

        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(change(text));
    }
}
