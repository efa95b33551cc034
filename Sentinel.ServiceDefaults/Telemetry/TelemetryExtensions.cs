using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Sentinel.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>Without it ASP.NET Core's server spans carry no HTTP tags.</summary>
    private const string NoServerSpanTags = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        AppContext.SetSwitch(NoServerSpanTags, false);
        builder.Services.AddSingleton<IStartupFilter, ServerSpan>();

        // The request logs of ASP.NET Core hold the query, where a key can stand; those of Npgsql every statement.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);

        // Whoever reads what is printed may fall asleep, and nobody who waits for an answer waits for him.
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);

        // Its errors are Kestrel's too, but while it may log at all it makes a span for every request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.AddExportedTelemetry();
        }
    }

    /// <summary>Where nobody takes telemetry, none is made.</summary>
    private static void AddExportedTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.AddOtlpExporter();
        });
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource("Sentinel.*", "Microsoft.AspNetCore", "System.Net.Http")
                .SetSampler(DecisionSampler.From(builder.Configuration))
                .AddProcessor(_ => new DecisionTraces(NewExport(), TimeProvider.System)))
            .WithMetrics(metrics => metrics
                .AddMeter(
                    "Sentinel.*",
                    "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel",
                    "System.Net.Http",
                    "System.Runtime")
                .AddOtlpExporter());
    }

    /// <summary>What the exporter's own extension would add, within reach of what stands before it.</summary>
    private static BatchActivityExportProcessor NewExport()
    {
        var batches = new BatchExportActivityProcessorOptions();
        return new BatchActivityExportProcessor(
            new OtlpTraceExporter(new OtlpExporterOptions()),
            batches.MaxQueueSize,
            batches.ScheduledDelayMilliseconds,
            batches.ExporterTimeoutMilliseconds,
            batches.MaxExportBatchSize);
    }
}
