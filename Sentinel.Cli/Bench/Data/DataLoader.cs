using System.Diagnostics;
using Spectre.Console;

namespace Sentinel.Cli.Bench.Data;

/// <summary>Fills the tables that the admin API has made.</summary>
internal sealed class DataLoader(Psql psql, DataPlan plan, IAnsiConsole progress)
{
    // The program prepares months ahead; those behind are of the past that is made up here.
    private const string PreparePast = """
        DO $$ DECLARE month timestamp; BEGIN
            FOR ago IN 1 .. 4 LOOP
                month := date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => ago);
                EXECUTE format('CREATE TABLE %I PARTITION OF intercept_logs FOR VALUES FROM (%L) TO (%L)',
                    to_char(month, '"intercept_logs_"YYYY_MM'), month AT TIME ZONE 'UTC',
                    (month + interval '1 month') AT TIME ZONE 'UTC');
            END LOOP;
        END $$;
        """;

    public async Task LoadAsync(string secret, CancellationToken cancellationToken)
    {
        using var rows = new DataRows(plan, secret, TimeProvider.System.GetUtcNow());
        await StepAsync("months", psql.RunAsync(PreparePast, cancellationToken));
        await StepAsync("indexes off", psql.RunAsync(DataIndexes.TakeOff, cancellationToken));
        var bindings = Enumerable.Range(0, plan.Bindings);
        await StepAsync($"{plan.Bindings:N0} bindings", psql.CopyAsync(
            "bindings", DataRows.BindingColumns, bindings.Select(rows.Binding), cancellationToken));
        await StepAsync("their networks", psql.CopyAsync(
            "binding_networks", "binding_id, network, created_at", bindings.Select(rows.NetworkOf), cancellationToken));
        var intercepts = Enumerable.Range(0, plan.Intercepts);
        await StepAsync($"{plan.Intercepts:N0} intercepts", psql.CopyAsync(
            "intercept_logs", DataRows.InterceptColumns, intercepts.Select(rows.Intercept), cancellationToken));
        await StepAsync("indexes on", psql.RunAsync(DataIndexes.PutBack, cancellationToken));
        await StepAsync("statistics", psql.RunAsync("VACUUM ANALYZE", cancellationToken));
    }

    private async Task StepAsync(string what, Task step)
    {
        var watch = Stopwatch.StartNew();
        await step;
        progress.MarkupLineInterpolated($"[grey]Loaded: {what} ({watch.Elapsed.TotalSeconds:0.0} s)[/]");
    }
}
