namespace Sentinel.ServiceDefaults.Settings;

/// <summary>The parts of <c>scheme://user:password@host:port/path?name=value</c>, unescaped.</summary>
internal sealed record ServiceAddress(
    string Host,
    int? Port,
    string? User,
    string? Password,
    string Path,
    IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <exception cref="FormatException">The text is not such an address. The message holds no part of it.</exception>
    public static ServiceAddress Parse(string setting, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new FormatException($"{setting}: expected scheme://user:password@host:port/name.");
        }

        var userInfo = uri.UserInfo.Split(':', 2);
        return new ServiceAddress(
            uri.DnsSafeHost,
            uri.Port > 0 ? uri.Port : null,
            Unescape(userInfo[0]),
            userInfo.Length > 1 ? Unescape(userInfo[1]) : null,
            Unescape(uri.AbsolutePath.TrimStart('/')),
            [.. uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Parameter)]);
    }

    private static KeyValuePair<string, string> Parameter(string pair)
    {
        var parts = pair.Split('=', 2);
        return new(Unescape(parts[0]), parts.Length > 1 ? Unescape(parts[1]) : "");
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text);
}
