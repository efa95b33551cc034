using System.Security.Claims;
using Sentinel.Core.Callers;
using Sentinel.Core.Trail;
using Sentinel.ServiceDefaults.Callers;

namespace Sentinel.AdminApi.Operators;

/// <summary>Who is behind a request to the admin API.</summary>
internal static class OperatorRequest
{
    /// <summary>The signed-in operator, for the audit.</summary>
    public static Actor Actor(this HttpContext context) =>
        new(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!, context.Caller());

    /// <summary>The address that the operator is at; null if it cannot be determined.</summary>
    public static ClientAddress? Caller(this HttpContext context)
    {
        var verdict = context.RequestServices.GetRequiredService<ClientAddressResolver>().Resolve(context);
        return verdict.IsKnown ? verdict.Address : null;
    }
}
