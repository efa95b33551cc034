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
}

/// <summary>A program in the contest.</summary>
/// <param name="Name">Its name in the result.</param>
/// <param name="Address">What is asked of it.</param>
internal sealed record Contender(string Name, Uri Address);
