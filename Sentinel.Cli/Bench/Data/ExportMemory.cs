using System.Diagnostics;
using System.Globalization;

namespace Sentinel.Cli.Bench.Data;

/// <summary>What the admin API needs to export many rows.</summary>
internal sealed class ExportMemory(DataLab lab, DataPlan plan)
{
    public async Task<ExportResult> MeasureAsync(CancellationToken cancellationToken)
    {
        // Rows lie evenly in time; a little more than the wanted ones is asked for.
        var days = DataPlan.Days * 1.01 * plan.Exported / plan.Intercepts;
        var from = TimeProvider.System.GetUtcNow().AddDays(-days).UtcDateTime;
        var watch = Stopwatch.StartNew();
        using var answer = await lab.Desk.GetAsync(
            $"/admin/api/logs/export?format=ndjson&from={from.ToString("o", CultureInfo.InvariantCulture)}",
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
        var rows = 0;
        var most = 0.0;
        var buffer = new byte[1 << 20];
        var lastLook = TimeSpan.Zero;
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            rows += buffer.AsSpan(0, read).Count((byte)'\n');
            if (watch.Elapsed - lastLook > TimeSpan.FromMilliseconds(50))
            {
                most = Math.Max(most, lab.AdminApi.MemoryMb());
                lastLook = watch.Elapsed;
            }
        }

        return new ExportResult(rows, Math.Round(watch.Elapsed.TotalSeconds, 1), Math.Round(most));
    }
}

/// <summary>What an export took.</summary>
internal sealed record ExportResult(int Rows, double Seconds, double MostMemoryMb);
