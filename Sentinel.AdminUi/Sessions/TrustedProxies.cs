using Microsoft.AspNetCore.HttpOverrides;
using Sentinel.Core.Callers;

namespace Sentinel.AdminUi.Sessions;

/// <summary>Believes what the trusted proxies say of the address and scheme of a browser, and nobody else.</summary>
internal static class TrustedProxies
{
    private const string Setting = "Sentinel:Callers:TrustedProxies";

    public static void Apply(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in (configuration[Setting] ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            options.KnownIPNetworks.Add(Network.TryParse(text, out var network)
                ? network.ToIPNetwork()
                : throw new FormatException($"{Setting}: '{text}' is neither an address nor a network."));
        }
    }
}
