using System.Globalization;
using System.Text;
using Sentinel.Cli.Bench.Data;
using Sentinel.Core.Credentials;

namespace Sentinel.Cli.Bench;

/// <summary>What Sentinel occupies when it remembers many bindings and all of them are in use.</summary>
internal sealed class ManyKeys(Lab lab, Plan plan)
{
    private const string Columns = "fingerprint, hint, state, networks, first_used_from, last_used_at, last_used_from";

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    public async Task<MemoryResult> MeasureAsync(CancellationToken cancellationToken)
    {
        var sentinel = lab.Contenders[0];
        await BindAsync(cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(sentinel.Server, done.Token);

        // Every key once, by which it is remembered, and then once more from memory.
        var requests = 0L;
        while (requests < 2L * plan.Keys)
        {
            requests += (await lab.ManyKeys.MeasureAsync(sentinel, Plan.Connections, plan.Seconds, cancellationToken))
                .Requests;
        }

        await done.CancelAsync();
        return new MemoryResult(plan.Keys, requests, Math.Round(await watching));
    }

    private async Task BindAsync(CancellationToken cancellationToken)
    {
        using var fingerprinter = new Fingerprinter(Encoding.UTF8.GetBytes(Lab.Secret));
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, plan.Keys).Select(n =>
            $"\\\\x{fingerprinter.Compute(KeyOf(n), foldsCase: true)}\tsk-…{n % 10_000:d4}\tactive\t{{127.0.0.1/32}}\t"
            + $"127.0.0.1\t{now}\t127.0.0.1\n");
        await new Psql(lab.Postgres.Port).CopyAsync("bindings", Columns, rows, cancellationToken);
    }

    /// <summary>As <c>bench/many-keys.lua</c> writes it.</summary>
    private static string KeyOf(int n) => string.Create(CultureInfo.InvariantCulture, $"sk-bench-{n:d32}");

    private static async Task<double> WatchAsync(Server server, CancellationToken cancellationToken)
    {
        var most = server.MemoryMb();
        using var looks = new PeriodicTimer(_look);
        try
        {
            while (await looks.WaitForNextTickAsync(cancellationToken))
            {
                most = Math.Max(most, server.MemoryMb());
            }
        }
        catch (OperationCanceledException)
        {
            // Enough was seen.
        }

        return most;
    }
}

/// <summary>What Sentinel occupied at most.</summary>
/// <param name="Keys">How many bound keys were in use.</param>
/// <param name="Requests">How many requests they made.</param>
/// <param name="MostMemoryMb">Its resident memory, in MB.</param>
internal sealed record MemoryResult(int Keys, long Requests, double MostMemoryMb);
