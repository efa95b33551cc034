using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace Sentinel.Cli.Bench.Data;

/// <summary>Asks the gate at an even pace, with keys that it has mostly not seen yet.</summary>
internal sealed class GateLoad(Uri proxy)
{
    private const int PerSecond = 200;

    private readonly Random _random = new(2);

    /// <summary>Asks until the task is over, or as long as it takes.</summary>
    public async Task<GateResult> MeasureAsync(Task until, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = proxy, Timeout = TimeSpan.FromSeconds(30) };
        var times = new ConcurrentBag<double>();
        var asked = new List<Task>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        while (!until.IsCompleted && await pace.WaitForNextTickAsync(cancellationToken))
        {
            asked.Add(AskAsync(client, DataRows.KeyOf(_random.Next(DataPlan.GateKeys)), times, cancellationToken));
        }

        await Task.WhenAll(asked);
        await until;
        return new GateResult(
            times.Count,
            Math.Round(Statistics.Percentile(times, 0.50), 2),
            Math.Round(Statistics.Percentile(times, 0.99), 2));
    }

    private static async Task AskAsync(
        HttpClient client, string key, ConcurrentBag<double> times, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/bench");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var startedAt = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request, cancellationToken);
        _ = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
        if (!answer.IsSuccessStatusCode)
        {
            throw new VerbException($"The gate answered {(int)answer.StatusCode} to a bound key.");
        }
    }
}

/// <summary>How long the gate took, in milliseconds.</summary>
internal sealed record GateResult(int Requests, double P50Ms, double P99Ms);
