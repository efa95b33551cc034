using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.Core.Forwarding;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.Proxy.Routes;

/// <summary>Says all that is wrong with routes and downstreams at once.</summary>
internal sealed partial class RoutingValidator : IValidateOptions<RoutingOptions>
{
    public ValidateOptionsResult Validate(string? name, RoutingOptions options)
    {
        var problems = FindProblems(options).ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> FindProblems(RoutingOptions options) =>
    [
        .. FindMissing(options),
        .. options.Downstreams.SelectMany(it => DownstreamRules.FindProblems(it.Key, it.Value)),
        .. options.Routes.SelectMany(it => FindProblems(it.Key, it.Value, options)),
        .. FindCollisions([.. options.Routes.OrderBy(it => it.Key, StringComparer.OrdinalIgnoreCase)]),
        .. FindMixedRealms(options.Downstreams),
    ];

    private static IEnumerable<string> FindMissing(RoutingOptions options)
    {
        if (options.Downstreams.Count == 0)
        {
            yield return "Set Sentinel:Forwarding:DownstreamUrl or DOWNSTREAM_URL to the service to protect.";
        }
        else if (options.Routes.Count == 0)
        {
            yield return "No route leads to a downstream. Set Sentinel:Routes:<name>:Downstream, or DOWNSTREAM_URL.";
        }
    }

    private static IEnumerable<string> FindProblems(string name, RouteOptions route, RoutingOptions options)
    {
        var setting = $"Sentinel:Routes:{name}";
        if (!Name().IsMatch(name))
        {
            yield return $"{setting}: a name has letters, digits, dots, hyphens and underscores, at most 64.";
        }

        if (RouteMatches.FaultOf(route.Path) is { } fault)
        {
            yield return $"{setting}:Path: '{route.Path}' is no path: {fault}.";
        }

        foreach (var method in CommaList.Split(route.Methods).Where(it => RequestHygiene.CheckMethod(it, false) is { }))
        {
            yield return $"{setting}:Methods: '{method}' is none of {RequestHygiene.AllowedMethods}.";
        }

        foreach (var host in CommaList.Split(route.Hosts).Where(it => !Host().IsMatch(it)))
        {
            yield return $"{setting}:Hosts: '{host}' is no host such as api.example.com or *.example.com:8080.";
        }

        if (!options.Downstreams.ContainsKey(route.Downstream))
        {
            yield return $"{setting}:Downstream: there is no Sentinel:Downstreams:{route.Downstream}.";
        }

        foreach (var problem in FindLimitProblems(setting, route))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> FindLimitProblems(string setting, RouteOptions route)
    {
        if (!Enum.IsDefined(route.Access) || (route.Mode is { } mode && !Enum.IsDefined(mode)))
        {
            yield return $"{setting}: Access is binding or public, Mode is enforce or observe.";
        }

        if (route.StripPrefix.Length > 0 && !Prefix().IsMatch(route.StripPrefix))
        {
            yield return $"{setting}:StripPrefix: '{route.StripPrefix}' is no prefix such as /proxy.";
        }

        if (route.IdleTimeout is { } idle && (idle < TimeSpan.FromSeconds(1) || idle > TimeSpan.FromDays(1)))
        {
            yield return $"{setting}:IdleTimeout lies between 00:00:01 and 1.00:00:00.";
        }

        if (route.MaxBodyBytes is < 0)
        {
            yield return $"{setting}:MaxBodyBytes is no negative number.";
        }
    }

    private static IEnumerable<string> FindCollisions(KeyValuePair<string, RouteOptions>[] routes) =>
        from one in routes
        from other in routes
        where string.Compare(one.Key, other.Key, StringComparison.OrdinalIgnoreCase) < 0
        where RouteMatches.Collide(one.Value, other.Value)
        select $"Sentinel:Routes:{one.Key} and Sentinel:Routes:{other.Key} take the same requests.";

    /// <summary>Two readings of one key would give it two fingerprints, and two first uses.</summary>
    private static IEnumerable<string> FindMixedRealms(Dictionary<string, DownstreamOptions> downstreams) =>
        from realm in downstreams.GroupBy(it => RealmName.Of(it.Value.Realm), StringComparer.Ordinal)
        let profiles = realm.Select(it => it.Value.Profile).Distinct(StringComparer.OrdinalIgnoreCase).ToArray()
        where profiles.Length > 1
        let names = realm.Select(it => $"{it.Key} ({it.Value.Profile})").Order(StringComparer.Ordinal)
        select $"The downstreams {string.Join(", ", names)} read keys differently: give them realms of their own "
            + "(Sentinel:Downstreams:<name>:Realm).";

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?$")]
    private static partial Regex Host();

    [GeneratedRegex(@"^(/[A-Za-z0-9._~-]+)+$")]
    private static partial Regex Prefix();
}
