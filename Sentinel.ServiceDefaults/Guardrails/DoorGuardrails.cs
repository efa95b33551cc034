using Sentinel.Core.Callers;

namespace Sentinel.ServiceDefaults.Guardrails;

/// <summary>Who is believed, under which names the apps answer, and what they would tell strangers.</summary>
internal static class DoorGuardrails
{
    private const int WidestIPv4 = 24;
    private const int WidestIPv6 = 64;
    private const string Proxies = "TRUSTED_PROXIES";

    public static IEnumerable<Guardrail> Check(GuardedSettings settings)
    {
        var proxies = settings.List("Sentinel:Callers:TrustedProxies").ToList();
        yield return settings.Acceptable("direct-callers", proxies.Count > 0
            ? null
            : $"No proxy is trusted, so behind nginx every caller is nginx. Set {Proxies} to its address.");
        yield return settings.Acceptable("wide-proxies", Widest(proxies) is { } wide
            ? $"{wide} in {Proxies} is wider than /{WidestIPv4} or /{WidestIPv6}: name the proxies themselves."
            : null);
        yield return new Guardrail("allowed-hosts", ProblemOfHosts([.. settings.List("Sentinel:Hosts:Allowed")]));
        yield return settings.Acceptable(
            "wildcard-origins",
            settings.List("Sentinel:Denials:CorsOrigins").Contains("*")
                ? "Pages of every origin may read refusals. Name the origins in CORS_ORIGINS."
                : null);
        yield return new Guardrail("debug", ProblemOfDebugging(settings));
    }

    private static string? Widest(IEnumerable<string> proxies) => proxies.FirstOrDefault(text =>
        Network.TryParse(text, out var network)
        && network.Prefix < (network.Address.IsIPv6 ? WidestIPv6 : WidestIPv4));

    private static string? ProblemOfHosts(string[] hosts) =>
        hosts.Length == 0 ? "Every host name is answered. Set ALLOWED_HOSTS to the names that clients use."
        : hosts.Any(host => host is "*" or "*.*") ? "ALLOWED_HOSTS holds a wildcard for every name. Name the hosts."
        : null;

    private static string? ProblemOfDebugging(GuardedSettings settings) =>
        settings.IsTrue("DetailedErrors") || settings.IsTrue("DETAILEDERRORS")
            ? "Errors would be shown with their stack traces. Remove ASPNETCORE_DETAILEDERRORS."
            : settings.IsTrue("FORWARDEDHEADERS_ENABLED")
            ? "ASP.NET Core would believe every X-Forwarded-For. Remove ASPNETCORE_FORWARDEDHEADERS_ENABLED."
            : null;
}
