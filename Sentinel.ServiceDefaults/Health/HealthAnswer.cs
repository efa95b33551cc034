using System.Text.Json.Serialization;

namespace Sentinel.ServiceDefaults.Health;

/// <summary>What a health endpoint answers: <c>ok</c>, <c>degraded</c> or <c>starting</c>.</summary>
/// <param name="Status">The state in one word.</param>
/// <param name="Failing">Which dependencies do not answer; null if all do.</param>
internal sealed record HealthAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Failing = null);
