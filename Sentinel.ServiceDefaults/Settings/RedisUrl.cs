using System.Globalization;

namespace Sentinel.ServiceDefaults.Settings;

/// <summary>Translates <c>redis[s]://[user]:password@host:port/database</c> for StackExchange.Redis.</summary>
internal static class RedisUrl
{
    /// <summary>A connection string of another form is StackExchange's own and returned as it is.</summary>
    /// <exception cref="FormatException">The address cannot be read or translated.</exception>
    public static string ToConnectionString(string url)
    {
        var isTls = url.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !url.StartsWith("redis://", StringComparison.OrdinalIgnoreCase))
        {
            return url;
        }

        var address = ServiceAddress.Parse("REDIS_URL", url);
        var host = address.Host.Contains(':') ? $"[{address.Host}]" : address.Host;
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{host}:{address.Port ?? 6379}") };
        AddIfGiven(parts, "user", address.User == "default" ? null : address.User);
        AddIfGiven(parts, "password", address.Password);
        AddIfGiven(parts, "defaultDatabase", address.Path);
        AddIfGiven(parts, "ssl", isTls ? "true" : null);
        return string.Join(',', parts);
    }

    private static void AddIfGiven(List<string> parts, string keyword, string? value)
    {
        if (value?.Contains(',') == true)
        {
            throw new FormatException($"REDIS_URL: the {keyword} has a comma, which no connection string can carry.");
        }

        if (!string.IsNullOrEmpty(value))
        {
            parts.Add($"{keyword}={value}");
        }
    }
}
