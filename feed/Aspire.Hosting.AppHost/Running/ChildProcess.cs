using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>A process and its descendants: they have its id as their group.</summary>
internal sealed class ChildProcess(Process process, ProcessGuard guard) : IDisposable
{
    private static readonly TimeSpan UntilInterrupt = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UntilKill = TimeSpan.FromSeconds(10);

    private readonly int _id = process.Id;
    private readonly Task _exit = process.WaitForExitAsync();

    public int ExitCode => process.ExitCode;

    public async Task WaitForExitAsync()
    {
        await _exit;
        // What it left behind in its group ends with it.
        guard.Signal("KILL", _id);
        guard.Forget(_id);
    }

    /// <summary>
    /// Asks with SIGTERM, then with SIGINT (which makes PostgreSQL end its sessions), then kills. It may have ended by
    /// itself meanwhile, and may even have been disposed by whoever waited for that.
    /// </summary>
    public async Task StopAsync()
    {
        if (await EndsAsync("TERM", UntilInterrupt) || await EndsAsync("INT", UntilKill))
        {
            return;
        }

        guard.Signal("KILL", _id);
        await _exit;
    }

    public void Dispose() => process.Dispose();

    private async Task<bool> EndsAsync(string signal, TimeSpan patience)
    {
        if (!_exit.IsCompleted)
        {
            guard.Signal(signal, _id);
        }

        try
        {
            await _exit.WaitAsync(patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
