using System.Net;

namespace Sentinel.ServiceDefaults.Guardrails;

/// <summary>A gate that lets strangers pass in an outage, or that one can walk around.</summary>
internal static class DecisionGuardrails
{
    private static readonly string[] _privateNames =
        [".local", ".internal", ".lan", ".home.arpa", ".svc", ".cluster.local", ".localhost"];

    public static IEnumerable<Guardrail> Check(GuardedSettings settings)
    {
        var isOpen = "open".Equals(settings["Sentinel:Decisions:Failsafe"], StringComparison.OrdinalIgnoreCase);
        yield return settings.Acceptable("open-failsafe", isOpen
            ? "In an outage of the stores unknown keys would be let through. "
                + "Set SENTINEL_FAILSAFE_MODE to closed or frozen."
            : null);
        var open = IsPublic(settings["Sentinel:Forwarding:DownstreamUrl"]) ? "DOWNSTREAM_URL"
            : settings.Each("Sentinel:Downstreams", "Addresses").FirstOrDefault(IsPublic);
        yield return settings.Acceptable("public-downstream", open is null
            ? null
            : $"The downstream can be reached around Sentinel: {open} is a public address. "
                + "Take it off the internet, and name its private address.");
    }

    /// <summary>By its form only: what a name stands for can change after the start.</summary>
    private static bool IsPublic(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return false;
        }

        var host = address.IdnHost.Trim('[', ']');
        return IPAddress.TryParse(host, out var literal)
            ? !IsPrivate(literal)
            : host.Contains('.') && !_privateNames.Any(end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPrivate(IPAddress literal)
    {
        var address = literal.IsIPv4MappedToIPv6 ? literal.MapToIPv4() : literal;
        return IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal
            || address.GetAddressBytes() is [10, _, _, _] or [192, 168, _, _] or [172, >= 16 and <= 31, _, _]
                or [169, 254, _, _] or [100, >= 64 and <= 127, _, _];
    }
}
