using Sentinel.Core.Callers;

namespace Sentinel.Tests.Unit;

/// <summary>Reads what a test is given.</summary>
internal static class Given
{
    public static ClientAddress Address(string text) =>
        ClientAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    public static Network Network(string text) =>
        Core.Callers.Network.TryParse(text, out var network) ? network : throw new FormatException(text);
}
