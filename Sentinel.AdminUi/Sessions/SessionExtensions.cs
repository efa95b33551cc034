using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminUi.Api;

namespace Sentinel.AdminUi.Sessions;

internal static class SessionExtensions
{
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Shape);
        builder.Services.AddAuthorization();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAntiforgery(static options =>
        {
            options.Cookie.Name = "sentinel-antiforgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        var keys = builder.Services.AddDataProtection().SetApplicationName("sentinel-admin-ui");
        if (builder.Configuration[SessionOptions.KeyFolderPath] is { Length: > 0 } folder)
        {
            keys.PersistKeysToFileSystem(new DirectoryInfo(folder));
        }

        builder.Services.AddSingleton<OperatorAddress>();
        builder.Services.AddHttpClient<OperatorLogin>(
            static (services, client) => AdminApiExtensions.Address(services, client, "/admin/api/"))
            .RemoveAllLoggers();
    }

    public static void UseSessions(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            context.RequestServices.GetRequiredService<OperatorAddress>().AdoptScheme(context);
            return next(context);
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapSessions(this IEndpointRouteBuilder app) =>
        app.MapPost("/sign-out", (Delegate)SignOut)
            .WithName("SignOut")
            .WithMetadata(new RequireAntiforgeryTokenAttribute());

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOut(
        HttpContext context, OperatorLogin login, CancellationToken cancellationToken)
    {
        // The middleware only looks: an endpoint that reads no form has to ask what it found.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
        {
            return TypedResults.BadRequest();
        }

        await login.GiveBackAsync(context, cancellationToken);
        await context.SignOutAsync();
        return TypedResults.LocalRedirect("~/sign-in");
    }

    private static void Shape(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "sentinel-session";
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.SlidingExpiration = false;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/denied";
        options.ReturnUrlParameter = "returnUrl";
    }
}
