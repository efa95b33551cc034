using System.Net;
using Sentinel.Cli;
using Sentinel.Core.Decisions;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Backups;

/// <summary>A backup from before a rotation of the secret names keys as they were called then.</summary>
public sealed class RotatedBackupTests(RotationWorld world) : IClassFixture<RotationWorld>, IDisposable
{
    private readonly Installation _installation = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_that_has_a_new_name_since_comes_back_once_and_keeps_its_ban()
    {
        await using var before = world.NewProxy(RotationWorld.Before);
        var banned = await RotationWorld.BoundAsync(before);
        var lost = await RotationWorld.BoundAsync(before);
        var backup = _installation.PathOf("before.backup");
        await RunAsync("backup", "-o", backup);
        await using var rotated = world.NewProxy(RotationWorld.Rotated);
        Assert.Equal(HttpStatusCode.OK, await rotated.AskAsync(banned, The.Caller));
        Assert.Equal(HttpStatusCode.OK, await rotated.AskAsync(lost, The.Caller));
        await world.SetAsync(banned, BindingState.Banned);
        await LoseAsync(lost);

        await RunAsync("restore", backup);

        Assert.Equal(2, await world.SecretOfAsync(banned));
        Assert.Equal(1, await world.SecretOfAsync(lost));
        await using var restarted = world.NewProxy(RotationWorld.Rotated);
        Assert.Equal("banned", await RotationWorld.ReasonAsync(restarted, banned, The.Caller));
        Assert.Equal("address_mismatch", await RotationWorld.ReasonAsync(restarted, lost, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await restarted.AskAsync(lost, The.Caller));
        Assert.Equal(2, await world.SecretOfAsync(lost));
    }

    public void Dispose() => _installation.Dispose();

    private async Task LoseAsync(string key)
    {
        await using var loss = world.Stores.Host.Database.CreateCommand("DELETE FROM bindings WHERE fingerprint = $1");
        loss.Parameters.Add(new() { Value = RotationWorld.NameOf(key, isRotated: true).ToByteArray() });
        Assert.Equal(1, await loss.ExecuteNonQueryAsync(Cancel));
    }

    private async Task RunAsync(params string[] verb)
    {
        var (exitCode, said) = await _installation.RunAsync(world.Stores.Database, verb);
        Assert.True(exitCode == ExitCode.Done, said);
    }
}
