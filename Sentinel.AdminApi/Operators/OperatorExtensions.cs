using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Sentinel.AdminApi.Operators;

internal static class OperatorExtensions
{
    private const string AnyToken = "AnyToken";

    public static void AddOperators(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OperatorOptions>()
            .BindConfiguration(OperatorOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<OperatorOptions>, TokenKeysValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<Passwords>();
        services.AddHostedService<BuiltInAdmin>();
        services.AddSingleton<Lockout>();
        services.AddSingleton<TokenIssuer>();
        services.ConfigureOptions<TokenRules>();
        services.AddAuthentication(AnyToken)
            .AddPolicyScheme(AnyToken, displayName: null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, ScriptTokenHandler>(ScriptTokenHandler.SchemeName, null);
        services.AddSingleton<IAuthorizationHandler, RoleRules>();
        var policy = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser().AddRequirements(new RoleRules()).Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(policy).SetFallbackPolicy(policy);
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
        api.MapMe();
        api.MapPassword();
        api.MapUsers();
        api.MapTokens();
        api.MapUnlock();
    }

    private static string SchemeOf(HttpContext context) =>
        ScriptTokens.Find(context.Request) is null
            ? JwtBearerDefaults.AuthenticationScheme
            : ScriptTokenHandler.SchemeName;
}
