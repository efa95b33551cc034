using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Sentinel.Tests.Browser;

/// <summary>The console on a real socket.</summary>
public sealed class AdminUiApp : IAsyncDisposable
{
    private readonly WebApplicationFactory<Sentinel.AdminUi.Program> _app;

    private AdminUiApp(WebApplicationFactory<Sentinel.AdminUi.Program> app)
    {
        _app = app;
        var server = app.Services.GetRequiredService<IServer>();
        Address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public static AdminUiApp Start(Uri adminApi, params (string Name, string Value)[] settings) =>
        Start(adminApi, port: 0, settings);

    /// <summary>Starts it at a port, where another one was before.</summary>
    public static AdminUiApp Start(Uri adminApi, int port, params (string Name, string Value)[] settings)
    {
        var app = new WebApplicationFactory<Sentinel.AdminUi.Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("Sentinel:AdminApi:Url", adminApi.ToString());
            host.UseSetting("Sentinel:AdminApi:Timeout", "00:01:00");
            host.UseSetting("Sentinel:AdminApi:RetryEvery", "00:00:00.200");
            foreach (var (name, value) in settings)
            {
                host.UseSetting(name, value);
            }
        });
        app.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        app.StartServer();
        return new AdminUiApp(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
