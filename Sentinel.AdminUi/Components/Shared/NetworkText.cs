using Sentinel.Core.Callers;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Networks as an operator types them: one a line, or with commas between.</summary>
internal static class NetworkText
{
    private static readonly char[] _separators = ['\n', '\r', ',', ' '];

    public static IReadOnlyList<string> Split(string? text) =>
        (text ?? "").Split(_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool AreValid(string? text)
    {
        var networks = Split(text);
        return networks.Count > 0 && networks.All(IsValid);
    }

    public static bool IsValid(string network) => Network.TryParse(network, out _);

    /// <summary>How many addresses a valid network covers, as a power of two where it would be a long number.</summary>
    public static string SizeOf(string text)
    {
        _ = Network.TryParse(text, out var network);
        var bits = (network.Address.IsIPv6 ? 128 : 32) - network.Prefix;
        return bits > 32 ? $"2^{bits}" : Numbers.Full(1L << bits);
    }
}
