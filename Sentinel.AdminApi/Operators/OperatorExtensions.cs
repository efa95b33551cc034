using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Sentinel.AdminApi.Operators;

internal static class OperatorExtensions
{
    public static void AddOperators(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OperatorOptions>()
            .BindConfiguration(OperatorOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Passwords>();
        services.AddSingleton<OperatorDirectory>();
        services.AddSingleton<Lockout>();
        services.AddSingleton<TokenIssuer>();
        services.ConfigureOptions<TokenRules>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>
    /// Whatever an endpoint forgets to say, nothing answers without a token unless it allows that itself.
    /// </summary>
    public static void UseOperators(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapOperators(this IEndpointRouteBuilder api)
    {
        api.MapLogin();
        api.MapLogout();
    }
}
