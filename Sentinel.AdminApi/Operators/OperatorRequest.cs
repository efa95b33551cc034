using System.Security.Claims;
using Sentinel.Core.Callers;
using Sentinel.Core.Trail;

namespace Sentinel.AdminApi.Operators;

/// <summary>Who is behind a request to the admin API.</summary>
internal static class OperatorRequest
{
    /// <summary>The signed-in operator, for the audit.</summary>
    public static Actor Actor(this HttpContext context) =>
        new(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!, context.Caller());

    public static ClientAddress Caller(this HttpContext context) =>
        ClientAddress.From(context.Connection.RemoteIpAddress!);
}
