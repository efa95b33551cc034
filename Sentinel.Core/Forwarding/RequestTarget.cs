namespace Sentinel.Core.Forwarding;

/// <summary>
/// Finds paths that mean one thing to us and another to a downstream that decodes once more or removes dots itself.
/// </summary>
public static class RequestTarget
{
    /// <param name="path">The path as our server parsed it: decoded once, but for <c>%2F</c>.</param>
    /// <param name="routeOf">Names the route of a path. An encoded slash may stay while it leads to the same.</param>
    public static bool IsAmbiguous(string path, Func<string, string> routeOf)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(routeOf);
        if (!path.AsSpan().ContainsAny('%', '\\') && !path.Contains("/.", StringComparison.Ordinal))
        {
            return false;
        }

        var decoded = Uri.UnescapeDataString(path);
        return decoded.Contains('\\') || HasDotSegment(decoded) || routeOf(path) != routeOf(decoded);
    }

    /// <summary>Some servers cut a parameter off a segment before they remove dots: <c>/..;a/</c>.</summary>
    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            var parameter = segment.IndexOf(';');
            if ((parameter < 0 ? segment : segment[..parameter]) is "." or "..")
            {
                return true;
            }
        }

        return false;
    }
}
