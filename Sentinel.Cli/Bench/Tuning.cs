namespace Sentinel.Cli.Bench;

/// <summary>How Sentinel sets sockets and memory wherever it is deployed, and <c>yarp-tuned</c> with it.</summary>
internal static class Tuning
{
    /// <summary>An answer is handled on the thread that saw it arrive; there is no other way to say this.</summary>
    public static readonly (string, string) InlineCompletions =
        ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

    /// <summary>One heap that is kept small. Sentinel has this in its runtime configuration.</summary>
    public static readonly (string, string) OneHeap = ("DOTNET_gcServer", "0");
}
