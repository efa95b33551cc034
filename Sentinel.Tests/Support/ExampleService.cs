using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Sentinel.Tests.Support;

/// <summary>The example downstream on real sockets: one for HTTP/1.1, one for HTTP/2 without TLS.</summary>
public sealed class ExampleService : IAsyncLifetime
{
    private readonly WebApplicationFactory<Example.Downstream.Program> _app = new();

    private Uri[] _addresses = [];

    /// <summary>Where it answers HTTP/1.1.</summary>
    public Uri Address => _addresses[0];

    /// <summary>Where it answers HTTP/2 without TLS.</summary>
    public Uri H2cAddress => _addresses[1];

    /// <summary>A client that talks to it directly.</summary>
    public HttpClient Client { get; } = new();

    public ValueTask InitializeAsync()
    {
        _app.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app.StartServer();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        _addresses = [.. addresses.Addresses.Select(address => new Uri(address))];
        Client.BaseAddress = Address;
        return ValueTask.CompletedTask;
    }

    /// <summary>The requests with that key which came through: the oracle of every test of the gate.</summary>
    public async Task<IReadOnlyList<JsonElement>> SeenAsync(string key, CancellationToken cancellationToken)
    {
        var seen = await Client.GetFromJsonAsync<JsonElement>(
            $"/_seen?key={Uri.EscapeDataString(key)}", cancellationToken);
        return [.. seen.GetProperty("requests").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
