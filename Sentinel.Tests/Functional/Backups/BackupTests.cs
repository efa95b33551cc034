using System.Net;
using System.Text;
using Sentinel.Cli;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Backups;

/// <summary>The verbs as an operator runs them, and the gate that lives on what they bring back.</summary>
public sealed class BackupTests(GateWorld world, RealStores stores) : IClassFixture<GateWorld>, IDisposable
{
    private readonly Installation _installation = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NpgsqlText Database => new(world.Stores.Host);

    [Fact]
    public async Task Lost_binding_comes_back_and_is_held_against_a_stranger()
    {
        var key = await BoundAsync();
        var backup = await BackUpAsync();
        await Database.ExecuteAsync("DELETE FROM bindings WHERE fingerprint = $1", Fingerprint(key));

        await RestoreAsync(backup);

        Assert.Equal("active", await world.StateAsync(key));
        Assert.Equal(HttpStatusCode.Forbidden, await world.Proxy.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
    }

    [Fact]
    public async Task Ban_after_the_backup_survives_the_restore()
    {
        var key = await BoundAsync();
        var backup = await BackUpAsync();
        await BanAsync(key);

        await RestoreAsync(backup);

        Assert.Equal("banned", await world.StateAsync(key));
        await Eventually.Holds(async () =>
            await world.Proxy.AskAsync(key, The.Caller) == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_came_first_after_a_loss_does_not_keep_the_key_but_a_ban_does()
    {
        var (stolen, banned) = (await BoundAsync(), await BoundAsync());
        var backup = await BackUpAsync();
        await Database.ExecuteAsync("DELETE FROM bindings WHERE fingerprint = $1", Fingerprint(stolen));
        await Database.ExecuteAsync("DELETE FROM bindings WHERE fingerprint = $1", Fingerprint(banned));
        await Eventually.Holds(async () => await world.Proxy.AskAsync(stolen, The.Stranger) == HttpStatusCode.OK);
        await Eventually.Holds(async () => await world.Proxy.AskAsync(banned, The.Stranger) == HttpStatusCode.OK);
        await BanAsync(banned);

        await RestoreAsync(backup);

        await Eventually.Holds(async () =>
            await world.Proxy.AskAsync(stolen, The.Stranger) == HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(stolen, The.Caller));
        Assert.Equal("banned", await world.StateAsync(banned));
    }

    [Fact]
    public async Task New_database_gets_every_row_that_is_worth_keeping()
    {
        var key = await BoundAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await world.Proxy.AskAsync(key, The.Stranger));
        await Eventually.Holds(async () => await Database.CountAsync(
            "SELECT sum(count) FROM intercept_logs WHERE fingerprint = $1", Fingerprint(key)) > 0);
        await BanAsync(key);
        var backup = await BackUpAsync();
        var elsewhere = await stores.NewDatabaseAsync();

        await RestoreAsync(backup, elsewhere);

        await using var host = await StorageHost.StartAsync(elsewhere, world.Stores.Redis);
        var copy = new NpgsqlText(host);
        Assert.All(
            ["bindings", "binding_networks", "intercept_logs", "settings", "admin_users"],
            table => Assert.Equal(Database.Rows(table), copy.Rows(table)));
        var verdict = await host.Get<AuditQueries>().VerifyAsync(Cancel);
        Assert.True(verdict.IsIntact, "The chain of the audit broke.");
    }

    [Fact]
    public async Task Second_restore_changes_nothing()
    {
        _ = await BoundAsync();
        var backup = await BackUpAsync();
        await RestoreAsync(backup);
        var before = Database.Rows("bindings");

        await RestoreAsync(backup);

        Assert.Equal(before, Database.Rows("bindings"));
    }

    [Fact]
    public async Task Secrets_are_encrypted_and_come_back_as_private_as_they_were()
    {
        var backup = await BackUpAsync();
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(backup, Cancel));
        using var empty = new Installation(isEmpty: true);

        await RestoreAsync(backup, installation: empty);

        Assert.DoesNotContain(The.HmacSecret, text, StringComparison.Ordinal);
        Assert.Equal(_installation.Read("production/.env"), empty.Read("production/.env"));
        Assert.Equal(_installation.Read("production/tls/ca.key"), empty.Read("production/tls/ca.key"));
        Assert.All(
            [backup, empty.PathOf("production/.env"), empty.PathOf("production/tls/ca.key")],
            Installation.AssertPrivate);
        Installation.AssertPublic(empty.PathOf("production/tls/ca.crt"));
    }

    public void Dispose() => _installation.Dispose();

    private byte[] Fingerprint(string key) => world.Fingerprint(key).ToByteArray();

    private async Task<string> BoundAsync()
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        return key;
    }

    private async Task BanAsync(string key)
    {
        var binding = await world.Stores.Host.Get<BindingStore>().FindAsync(world.Fingerprint(key), Cancel);
        var changes = world.Stores.Host.Get<BindingChanges>();
        Assert.NotNull(await changes.SetStateAsync(binding!.Id, [BindingState.Active], BindingState.Banned, Cancel));
    }

    private async Task<string> BackUpAsync()
    {
        var file = _installation.PathOf($"{Guid.NewGuid():N}.backup");
        var (exitCode, said) = await _installation.RunAsync(world.Stores.Database, "backup", "-o", file);
        Assert.True(exitCode == ExitCode.Done, said);
        return file;
    }

    private async Task RestoreAsync(string backup, string? database = null, Installation? installation = null)
    {
        var (exitCode, said) = await (installation ?? _installation)
            .RunAsync(database ?? world.Stores.Database, "restore", backup);
        Assert.True(exitCode == ExitCode.Done, said);
    }
}
