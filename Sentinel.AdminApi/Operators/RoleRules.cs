using Microsoft.AspNetCore.Authorization;
using Sentinel.Core.Operators;

namespace Sentinel.AdminApi.Operators;

/// <summary>
/// Which role an endpoint asks for. One that says nothing asks for a viewer if it only reads, and for an admin if it
/// changes anything: what was forgotten is closed.
/// </summary>
internal sealed class RoleRules : AuthorizationHandler<RoleRules>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRules requirement)
    {
        if (context.Resource is HttpContext http
            && http.Features.Get<SignedIn>() is { } operatorBehind
            && operatorBehind.Role >= RoleFor(http))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static Role RoleFor(HttpContext http)
    {
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return http.GetEndpoint()?.Metadata.GetMetadata<AskedRole>()?.Role ?? (isRead ? Role.Viewer : Role.Admin);
    }
}

/// <summary>The weakest role that may use an endpoint.</summary>
internal sealed record AskedRole(Role Role);

internal static class RoleExtensions
{
    /// <summary>Says which role an endpoint, or a group of them, asks for.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoints, Role role)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new AskedRole(role));
}
