using Microsoft.AspNetCore.Routing.Template;

namespace Sentinel.Proxy.Routes;

/// <summary>
/// Names the places that a path leads to. Two paths with one name lead to the same routes, whatever the method or host.
/// </summary>
internal sealed class RoutePaths
{
    private const string OwnPaths = "/health";

    private TemplateMatcher[] _matchers = [];

    /// <summary>Takes over which paths are told apart; until then all lead to one downstream.</summary>
    public void Use(IEnumerable<string> paths) =>
        _matchers = [.. paths.Distinct().Select(path => new TemplateMatcher(TemplateParser.Parse(path), []))];

    /// <summary>Only asked for suspicious paths: the usual request is routed once.</summary>
    public string NameOf(string path)
    {
        if (path.StartsWith(OwnPaths, StringComparison.OrdinalIgnoreCase))
        {
            return path;
        }

        var matchers = _matchers;
        return string.Create(matchers.Length, (matchers, path), static (name, state) =>
        {
            for (var i = 0; i < name.Length; i++)
            {
                name[i] = state.matchers[i].TryMatch(new PathString(state.path), []) ? '1' : '0';
            }
        });
    }
}
