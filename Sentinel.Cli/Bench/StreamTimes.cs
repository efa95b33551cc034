using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Sentinel.Cli.Bench;

/// <summary>How late the events of a stream are, through each contender.</summary>
internal sealed class StreamTimes(Lab lab, Plan plan)
{
    private const int Events = 50;

    private const string Prefix = "data: ";

    public async Task<IReadOnlyList<StreamResult>> MeasureAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", lab.Key);
        var firsts = lab.Contenders.ToDictionary(it => it.Name, _ => new List<double>());
        var events = lab.Contenders.ToDictionary(it => it.Name, _ => new List<double>());
        for (var stream = 0; stream < plan.Streams * lab.Contenders.Count; stream++)
        {
            var contender = lab.Contenders[stream % lab.Contenders.Count];
            var lags = await FollowAsync(client, new Uri(contender.Address, $"/ticks/{Events}"), cancellationToken);
            firsts[contender.Name].Add(lags[0]);
            events[contender.Name].AddRange(lags[1..]);
        }

        return [.. lab.Contenders.Select(it => StreamResult.Of(it.Name, firsts[it.Name], events[it.Name]))];
    }

    /// <summary>How long each event was on its way, in milliseconds.</summary>
    private static async Task<List<double>> FollowAsync(
        HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        await using var stream = await client.GetStreamAsync(address, cancellationToken);
        using var lines = new StreamReader(stream);
        var lags = new List<double>(Events);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            var now = Stopwatch.GetElapsedTime(0).TotalMicroseconds;
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                var sentAt = double.Parse(line.AsSpan(Prefix.Length), CultureInfo.InvariantCulture);
                lags.Add((now - sentAt) / 1000);
            }
        }

        return lags.Count is Events ? lags : throw new VerbException($"Only {lags.Count} of {Events} events arrived.");
    }
}

/// <summary>How long events were on their way, in milliseconds.</summary>
/// <param name="Name">Through whom.</param>
/// <param name="FirstMs">The first of a stream, at the median.</param>
/// <param name="EventMs">Every further one, at the median.</param>
/// <param name="EventP95Ms">What one further event in twenty exceeded.</param>
internal sealed record StreamResult(string Name, double FirstMs, double EventMs, double EventP95Ms)
{
    public static StreamResult Of(string name, IReadOnlyList<double> firsts, IReadOnlyList<double> events) => new(
        name,
        Math.Round(Statistics.Median(firsts), 3),
        Math.Round(Statistics.Median(events), 3),
        Math.Round(Statistics.Percentile(events, 0.95), 3));
}
