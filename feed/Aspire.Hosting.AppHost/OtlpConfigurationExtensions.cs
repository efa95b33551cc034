using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public static class OtlpConfigurationExtensions
{
    /// <summary>Tells a resource where the dashboard listens; without one, nothing.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var application = builder.ApplicationBuilder;
        return builder.WithAnnotation(new OtlpExporterAnnotation()).WithEnvironment(context =>
        {
            if (Dashboard.Find(application.Resources) is not { } dashboard)
            {
                return;
            }

            var environment = context.EnvironmentVariables;
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = new EndpointReference(dashboard, Dashboard.OtlpEndpoint);
            environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            environment["OTEL_EXPORTER_OTLP_HEADERS"] =
                $"x-otlp-api-key={application.Configuration[Dashboard.OtlpApiKey]}";
            environment["OTEL_SERVICE_NAME"] = context.Resource.Name;
            environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.NewGuid():N}";
            if (application.Environment.IsDevelopment())
            {
                environment["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
                environment["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
                environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
                environment["OTEL_TRACES_SAMPLER"] = "always_on";
                environment["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            }
        });
    }
}
