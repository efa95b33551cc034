using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.Proxy.Routes;

/// <summary>Finds routes that cannot be told apart: what two of them take would be answered by none.</summary>
internal static partial class RouteMatches
{
    /// <summary>What is wrong with a path; null if nothing is.</summary>
    public static string? FaultOf(string path)
    {
        if (!path.StartsWith('/'))
        {
            return "it does not begin with a slash";
        }

        try
        {
            var pattern = RoutePatternFactory.Parse(path);
            var isSimple = pattern.ParameterPolicies.Count == 0
                && pattern.Defaults.Count == 0
                && pattern.PathSegments.All(segment => segment.IsSimple)
                && pattern.Parameters.All(parameter => !parameter.IsOptional);
            return isSimple ? null : "a segment is either a text, {name} or, at the end, {**name}";
        }
        catch (RoutePatternException exception)
        {
            return exception.Message.TrimEnd('.');
        }
    }

    /// <summary>Whether there are requests that both take, and neither is the more special one.</summary>
    public static bool Collide(RouteOptions one, RouteOptions other) =>
        Shape(one.Path) == Shape(other.Path)
        && Overlap(CommaList.Split(one.Methods), CommaList.Split(other.Methods))
        && Overlap(CommaList.Split(one.Hosts), CommaList.Split(other.Hosts));

    /// <summary>A route that names something is more special than one that names nothing.</summary>
    private static bool Overlap(string[] one, string[] other) =>
        one.Length == 0 || other.Length == 0
            ? one.Length == other.Length
            : one.Intersect(other, StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>The path without the names of its parameters, which tell nothing apart.</summary>
    private static string Shape(string path) =>
        Parameter().Replace(path.Trim('/'), match => match.Value.Contains('*') ? "{**}" : "{}").ToUpperInvariant();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
