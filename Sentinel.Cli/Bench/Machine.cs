using System.Runtime.InteropServices;

namespace Sentinel.Cli.Bench;

internal static class Machine
{
    private const string Processors = "/proc/cpuinfo";

    /// <summary>Processors, their make, and the runtime: without them a number says nothing.</summary>
    public static string Describe() =>
        $"{Environment.ProcessorCount} × {Model()}, {RuntimeInformation.OSDescription}, "
        + RuntimeInformation.FrameworkDescription;

    private static string Model()
    {
        var line = File.Exists(Processors)
            ? File.ReadLines(Processors).FirstOrDefault(it => it.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? $"{RuntimeInformation.ProcessArchitecture}";
    }
}
