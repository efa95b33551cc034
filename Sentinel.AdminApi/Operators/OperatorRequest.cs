using Sentinel.Core.Callers;
using Sentinel.Core.Trail;
using Sentinel.ServiceDefaults.Callers;

namespace Sentinel.AdminApi.Operators;

/// <summary>Who is behind a request to the admin API.</summary>
internal static class OperatorRequest
{
    /// <summary>Who signed in; only where a token is asked for.</summary>
    public static SignedIn SignedIn(this HttpContext context) => context.Features.Get<SignedIn>()!;

    /// <summary>The signed-in operator, for the audit.</summary>
    public static Actor Actor(this HttpContext context) => new(context.SignedIn().Name, context.Caller());

    /// <summary>The address that the operator is at; null if it cannot be determined.</summary>
    public static ClientAddress? Caller(this HttpContext context)
    {
        var verdict = context.RequestServices.GetRequiredService<ClientAddressResolver>().Resolve(context);
        return verdict.IsKnown ? verdict.Address : null;
    }
}
