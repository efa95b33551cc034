namespace Sentinel.Cli;

/// <summary>A verb cannot go on; the message tells the operator why, and what to do.</summary>
/// <param name="message">One or two sentences.</param>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
public sealed class VerbException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
