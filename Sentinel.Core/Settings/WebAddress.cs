namespace Sentinel.Core.Settings;

/// <summary>An address that somebody is to be reached at: http or https, and nobody's password in it.</summary>
public static class WebAddress
{
    private const int MaxLength = 2_000;

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public static string? FaultOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isAddress = text.Length <= MaxLength && !text.Any(char.IsControl)
            && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;
        return isAddress ? null : "An http or https address without a user name is expected.";
    }
}
