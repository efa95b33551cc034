using System.Text.Json;

namespace Sentinel.Cli.Bench;

/// <summary>Drives a contender with wrk.</summary>
internal sealed class Wrk(string script, string key, params string[] arguments)
{
    public async Task<Sample> MeasureAsync(
        Contender contender, int connections, int seconds, CancellationToken cancellationToken)
    {
        var before = contender.Server.ProcessorTime();
        var output = await Tool.RunAsync(
            "wrk",
            [
                "-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, "-H", $"Authorization: Bearer {key}",
                contender.Address.ToString(), "--", .. arguments,
            ],
            cancellationToken);
        var line = output.Split('\n').Single(text => text.StartsWith('{'));
        var sample = JsonSerializer.Deserialize<Sample>(line, JsonSerializerOptions.Web)!;
        var spent = contender.Server.ProcessorTime() - before;
        return sample is { Errors: 0, Requests: > 0 }
            ? sample with { CpuUs = spent.TotalMicroseconds / sample.Requests }
            : throw new VerbException($"{contender.Name} failed {sample.Errors} of {sample.Requests} requests.");
    }
}
