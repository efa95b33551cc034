using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>A process and its descendants: they have its id as their group.</summary>
internal sealed class ChildProcess(Process process, ProcessGuard guard) : IDisposable
{
    private static readonly TimeSpan UntilInterrupt = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UntilKill = TimeSpan.FromSeconds(10);

    public int ExitCode => process.ExitCode;

    public async Task WaitForExitAsync()
    {
        await process.WaitForExitAsync();
        // What it left behind in its group ends with it.
        guard.Signal("KILL", process.Id);
        guard.Forget(process.Id);
    }

    /// <summary>Asks with SIGTERM, then with SIGINT (which makes PostgreSQL end its sessions), then kills.</summary>
    public async Task StopAsync()
    {
        guard.Signal("TERM", process.Id);
        if (await ExitsWithinAsync(UntilInterrupt))
        {
            return;
        }

        guard.Signal("INT", process.Id);
        if (await ExitsWithinAsync(UntilKill))
        {
            return;
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public void Dispose() => process.Dispose();

    private async Task<bool> ExitsWithinAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
