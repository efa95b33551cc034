namespace Sentinel.Cli.Bench;

/// <summary>What wrk measured in one turn.</summary>
/// <param name="Requests">How many requests were answered.</param>
/// <param name="DurationUs">How long that took, in microseconds.</param>
/// <param name="P50Us">The median latency, in microseconds.</param>
/// <param name="P99Us">The latency that one request in a hundred exceeded, in microseconds.</param>
/// <param name="Errors">Requests without an answer, or with a status above 399.</param>
internal sealed record Sample(long Requests, long DurationUs, long P50Us, long P99Us, long Errors)
{
    public double RequestsPerSecond => Requests * 1e6 / DurationUs;

    /// <summary>The processor time that the contender spent on a request, in microseconds.</summary>
    public double CpuUs { get; init; }
}

/// <summary>A program in the contest.</summary>
/// <param name="Name">Its name in the result.</param>
/// <param name="Server">The program.</param>
internal sealed record Contender(string Name, Server Server)
{
    /// <summary>What is asked of it.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{Server.Port}/bench");
}
