using System.Diagnostics;
using System.Text.Json;
using Aspire.Hosting.Testing;

namespace Sentinel.Tests.Distributed;

/// <summary>One span as the dashboard has it.</summary>
internal sealed record Span(
    string Scope, string Name, int Kind, string Id, string Parent, IReadOnlyDictionary<string, string?> Tags)
{
    /// <summary>The kind of a span that serves a request (OTLP's SPAN_KIND_SERVER).</summary>
    public const int Server = 2;

    public string? this[string tag] => Tags.GetValueOrDefault(tag);
}

/// <summary>Reads telemetry back through the API of the Aspire dashboard.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly HttpClient _dashboard;

    public Telemetry(Installation installation)
    {
        _dashboard = new HttpClient { BaseAddress = installation.App.GetEndpoint("aspire-dashboard", "http") };
        _dashboard.DefaultRequestHeaders.Add("x-api-key", installation.DashboardApiKey);
    }

    /// <exception cref="HttpRequestException">The dashboard does not know the trace (yet).</exception>
    public async Task<IReadOnlyList<Span>> SpansOfAsync(ActivityTraceId trace)
    {
        await using var answer = await _dashboard.GetStreamAsync(
            new Uri($"/api/telemetry/traces/{trace}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var document = await JsonDocument.ParseAsync(answer);
        return
        [
            .. from resource in Items(document.RootElement.GetProperty("data"), "resourceSpans")
               from scope in Items(resource, "scopeSpans")
               from span in Items(scope, "spans")
               select ToSpan(scope.GetProperty("scope").GetProperty("name").GetString()!, span),
        ];
    }

    public void Dispose() => _dashboard.Dispose();

    private static Span ToSpan(string scope, JsonElement span) => new(
        scope,
        span.GetProperty("name").GetString()!,
        span.GetProperty("kind").GetInt32(),
        span.GetProperty("spanId").GetString()!,
        span.TryGetProperty("parentSpanId", out var parent) ? parent.GetString()! : "",
        Items(span, "attributes").ToDictionary(
            tag => tag.GetProperty("key").GetString()!,
            tag => tag.GetProperty("value").TryGetProperty("stringValue", out var text) ? text.GetString() : null));

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;
}
