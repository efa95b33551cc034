using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.ServiceDefaults.Callers;

/// <summary>Says all that is wrong with the settings of this room at once.</summary>
internal sealed class CallerOptionsValidator(IHostEnvironment environment) : IValidateOptions<CallerOptions>
{
    private const int ShortestSecret = 16;

    public ValidateOptionsResult Validate(string? name, CallerOptions options)
    {
        var problems = FindProblems(options).ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> FindProblems(CallerOptions options)
    {
        const string proxiesName = "Sentinel:Callers:TrustedProxies (TRUSTED_PROXIES)";
        var proxies = CommaList.Split(options.TrustedProxies);
        foreach (var text in proxies)
        {
            if (!Network.TryParse(text, out var network))
            {
                yield return $"{proxiesName}: '{text}' is not a network such as 10.0.0.0/8.";
            }
            else if (network.Prefix == 0)
            {
                yield return $"{proxiesName}: '{text}' would trust everybody.";
            }
        }

        foreach (var text in CommaList.Split(options.Nat64Prefixes))
        {
            if (!Nat64Prefix.TryParse(text, out _))
            {
                yield return $"Sentinel:Callers:Nat64Prefixes: '{text}' is no IPv6 network of a length of RFC 6052.";
            }
        }

        var mustProve = proxies.Length > 0 && !environment.IsDevelopment();
        if (options.ProxySecret.Length < ShortestSecret && (mustProve || options.ProxySecret.Length > 0))
        {
            yield return $"Set Sentinel:Callers:ProxySecret to at least {ShortestSecret} characters, and let the "
                + "trusted proxies send it in X-Sentinel-Proxy: their address alone can be had by others.";
        }
    }
}
