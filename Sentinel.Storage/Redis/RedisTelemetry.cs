using System.Diagnostics;

namespace Sentinel.Storage.Redis;

/// <summary>Client spans of our own: the client library has none that exist for all of its versions.</summary>
public static class RedisTelemetry
{
    /// <summary>The name to listen to.</summary>
    public const string SourceName = "Sentinel.Redis";

    private static readonly ActivitySource _source = new(SourceName);

    /// <summary>Opens a span, named as OpenTelemetry's conventions for Redis want it.</summary>
    internal static Activity? Start(string operation) =>
        _source.StartActivity(operation, ActivityKind.Client)
            ?.SetTag("db.system.name", "redis")
            .SetTag("db.operation.name", operation);
}
