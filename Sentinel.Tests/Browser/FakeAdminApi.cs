using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sentinel.Core.Contracts;

namespace Sentinel.Tests.Browser;

/// <summary>An admin API on a real socket that lets anybody in and says what a test wants.</summary>
internal static class FakeAdminApi
{
    /// <summary>Starts it; whatever the test does not map is answered by an empty object.</summary>
    public static async Task<WebApplication> StartAsync(Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        app.MapPost("/admin/api/login", () => new LoginResponse("a token", until));
        app.MapGet("/admin/api/me", () => new Myself("ada", "admin", null, until));
        map(app.MapGroup("/admin/api"));
        app.MapFallback(() => Results.Text("{}", "application/json"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
