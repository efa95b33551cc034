using System.Text.RegularExpressions;
using Sentinel.Core.Credentials;
using Sentinel.ServiceDefaults.Settings;
using Yarp.ReverseProxy.LoadBalancing;

namespace Sentinel.Proxy.Routes;

/// <summary>What a downstream must be like.</summary>
internal static partial class DownstreamRules
{
    private static readonly string[] _policies =
    [
        LoadBalancingPolicies.PowerOfTwoChoices,
        LoadBalancingPolicies.RoundRobin,
        LoadBalancingPolicies.LeastRequests,
        LoadBalancingPolicies.Random,
        LoadBalancingPolicies.FirstAlphabetical,
    ];

    public static IEnumerable<string> FindProblems(string name, DownstreamOptions downstream)
    {
        var setting = $"Sentinel:Downstreams:{name}";
        if (!Name().IsMatch(name))
        {
            yield return $"{setting}: a name has letters, digits, dots, hyphens and underscores, at most 64.";
        }

        var addresses = CommaList.Split(downstream.Addresses);
        if (addresses.Length == 0)
        {
            yield return name.Equals(RoutingOptions.Default, StringComparison.OrdinalIgnoreCase)
                ? "Set Sentinel:Forwarding:DownstreamUrl or DOWNSTREAM_URL to the service to protect."
                : $"{setting}:Addresses: set at least one.";
        }

        foreach (var address in addresses.Where(it => !IsAddress(it)))
        {
            yield return $"{setting}:Addresses: '{address}' is no http or https address (DOWNSTREAM_URL).";
        }

        if (!Profiles.TryGet(downstream.Profile, out _))
        {
            yield return $"{setting}:Profile is one of {string.Join(", ", Profiles.Names)}.";
        }

        if (downstream.Realm.Length > 0 && !Name().IsMatch(downstream.Realm))
        {
            yield return $"{setting}:Realm: a name has letters, digits, dots, hyphens and underscores, at most 64.";
        }

        foreach (var problem in FindHealthProblems(setting, downstream))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> FindHealthProblems(string setting, DownstreamOptions downstream)
    {
        if (!_policies.Contains(downstream.LoadBalancing))
        {
            yield return $"{setting}:LoadBalancing is one of {string.Join(", ", _policies)}.";
        }

        if (downstream.HealthPath.Length > 0 && !downstream.HealthPath.StartsWith('/'))
        {
            yield return $"{setting}:HealthPath begins with a slash.";
        }

        var times = new[] { downstream.HealthInterval, downstream.HealthTimeout, downstream.RestAfterFailures };
        if (times.Any(time => time <= TimeSpan.Zero || time > TimeSpan.FromDays(1)))
        {
            yield return $"{setting}: HealthInterval, HealthTimeout and RestAfterFailures are more than nothing and at "
                + "most 1.00:00:00.";
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri is { UserInfo: "", Query: "", Fragment: "" };

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Name();
}
