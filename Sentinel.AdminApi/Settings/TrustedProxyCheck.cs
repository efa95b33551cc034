using Microsoft.Extensions.Options;
using Sentinel.AdminApi.Problems;
using Sentinel.ServiceDefaults.Callers;

namespace Sentinel.AdminApi.Settings;

/// <summary>
/// Judges trusted proxies as the programs do that will have to live with them: outside development they need a secret.
/// </summary>
internal sealed class TrustedProxyCheck(
    IOptions<CallerOptions> options, IEnumerable<IValidateOptions<CallerOptions>> validators)
{
    private const string Setting = "trustedProxies";

    public void Run(string? networks, FieldErrors errors)
    {
        var candidate = new CallerOptions
        {
            TrustedProxies = networks ?? options.Value.TrustedProxies,
            ProxySecret = options.Value.ProxySecret,
            CallerHeader = options.Value.CallerHeader,
            Nat64Prefixes = options.Value.Nat64Prefixes,
        };
        foreach (var validator in validators)
        {
            var result = validator.Validate(name: null, candidate);
            errors.Check(!result.Failed, Setting, result.FailureMessage ?? "");
        }
    }
}
