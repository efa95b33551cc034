using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sentinel.Cli.Bench;

/// <summary>The outcome of a contest.</summary>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Rounds">How many turns everyone had.</param>
/// <param name="Results">What was measured, by contender.</param>
/// <param name="Streams">How late the events of a stream were, by contender.</param>
/// <param name="Memory">What Sentinel occupied with many keys in use.</param>
internal sealed record ContestResult(
    string Machine,
    int Rounds,
    IReadOnlyList<ContenderResult> Results,
    IReadOnlyList<StreamResult> Streams,
    MemoryResult Memory)
{
    private const string Ours = "sentinel";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Sentinel's throughput by that of each other: the median of what each round gave.</summary>
    public IReadOnlyDictionary<string, double> Ratios => Against(Rounded(result => result.RoundsPerSecond));

    /// <summary>Sentinel's median latency with one connection by that of each other.</summary>
    public IReadOnlyDictionary<string, double> LatencyRatios => Against(Rounded(result => result.RoundsP50AloneUs));

    /// <summary>The lowest and the highest ratio that a single round gave.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, (double Lowest, double Highest)> Spread => Results
        .Where(result => result.Name != Ours)
        .ToDictionary(Name, result => Ends(Pairs(result, it => it.RoundsPerSecond)));

    public string ToJson() => JsonSerializer.Serialize(this, _json);

    private static string Name(ContenderResult other) => $"{Ours}/{other.Name}";

    private static (double Lowest, double Highest) Ends(IReadOnlyList<double> values) => (values.Min(), values.Max());

    private Func<ContenderResult, double> Rounded(Func<ContenderResult, IReadOnlyList<double>> measure) =>
        other => Math.Round(Statistics.Median(Pairs(other, measure)), 3);

    private Dictionary<string, double> Against(Func<ContenderResult, double> ratio) =>
        Results.Where(result => result.Name != Ours).ToDictionary(Name, ratio);

    private double[] Pairs(ContenderResult other, Func<ContenderResult, IReadOnlyList<double>> measure)
    {
        var ours = measure(Results.Single(result => result.Name == Ours));
        return [.. ours.Zip(measure(other), (mine, theirs) => mine / theirs)];
    }
}

/// <summary>The medians of one contender.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rps">Requests per second under load.</param>
/// <param name="P50Us">Median latency under load, in microseconds.</param>
/// <param name="P99Us">99th percentile under load, in microseconds.</param>
/// <param name="P50AloneUs">Median latency with one connection, in microseconds.</param>
/// <param name="CpuUs">Processor time of the contender for a request under load, in microseconds.</param>
internal sealed record ContenderResult(
    string Name, double Rps, double P50Us, double P99Us, double P50AloneUs, double CpuUs)
{
    /// <summary>Requests per second, round by round.</summary>
    public required IReadOnlyList<double> RoundsPerSecond { get; init; }

    /// <summary>Median latency with one connection, round by round.</summary>
    public required IReadOnlyList<double> RoundsP50AloneUs { get; init; }

    public static ContenderResult Of(string name, IReadOnlyList<Sample> underLoad, IReadOnlyList<Sample> alone) => new(
        name,
        Math.Round(Statistics.Median(underLoad.Select(sample => sample.RequestsPerSecond))),
        Statistics.Median(underLoad.Select(sample => (double)sample.P50Us)),
        Statistics.Median(underLoad.Select(sample => (double)sample.P99Us)),
        Statistics.Median(alone.Select(sample => (double)sample.P50Us)),
        Math.Round(Statistics.Median(underLoad.Select(sample => sample.CpuUs)), 1))
    {
        RoundsPerSecond = [.. underLoad.Select(sample => Math.Round(sample.RequestsPerSecond))],
        RoundsP50AloneUs = [.. alone.Select(sample => (double)sample.P50Us)],
    };
}
