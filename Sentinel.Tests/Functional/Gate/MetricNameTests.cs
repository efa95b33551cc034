using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Sentinel.Tests.Conventions;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A dashboard that asks for what nobody exports shows that all is well.</summary>
public sealed partial class MetricNameTests(GateWorld world) : IClassFixture<GateWorld>
{
    [Theory]
    [InlineData("docs/grafana/sentinel.json")]
    [InlineData("docs/alerts.yaml")]
    public void Metrics_that_are_asked_for_are_exported(string path)
    {
        var asked = MetricName().Matches(string.Join('\n', Tree.Lines(path))).Select(match => match.Value).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(Exported()));
    }

    /// <summary>The instruments of a running proxy, under the names that Prometheus gives them.</summary>
    private HashSet<string> Exported()
    {
        Assert.NotNull(world.Proxy);
        HashSet<string> names = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) => names.UnionWith(PrometheusNames(instrument)),
        };
        listener.Start();
        return names;
    }

    private static IEnumerable<string> PrometheusNames(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var name = instrument.Name.Replace('.', '_') + unit;
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Counter", StringComparison.Ordinal) ? [$"{name}_total"]
            : kind.StartsWith("Histogram", StringComparison.Ordinal)
                ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
                : [name];
    }

    [GeneratedRegex(@"\bsentinel_(?:gate|trail|store)_[a-z_]+")]
    private static partial Regex MetricName();
}
