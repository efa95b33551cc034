using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Core.Contracts;

namespace Sentinel.Tests.Support;

/// <summary>The admin API on a real socket.</summary>
public sealed class AdminApi : IAsyncDisposable
{
    public const string Username = "admin";
    public const string Password = "correct horse battery staple";
    public const string JwtSecret = "signs the tokens of the tests, and is long enough";

    private readonly WebApplicationFactory<Sentinel.AdminApi.Program> _app;

    private AdminApi(WebApplicationFactory<Sentinel.AdminApi.Program> app)
    {
        _app = app;
        Address = new Uri(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Anonymous = NewClient(IPAddress.Loopback);
    }

    public Uri Address { get; }

    /// <summary>A client that did not sign in.</summary>
    public HttpClient Anonymous { get; }

    public static AdminApi Start(string database, string redis, params (string Name, string Value)[] settings) =>
        Start(database, redis, port: 0, settings);

    /// <summary>Starts it at a port, where another one was before.</summary>
    public static AdminApi Start(
        string database, string redis, int port, params (string Name, string Value)[] settings)
    {
        (string Name, string Value)[] all = [.. Patience.Great, .. settings];
        var app = new WebApplicationFactory<Sentinel.AdminApi.Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:sentinel", database);
            host.UseSetting("ConnectionStrings:redis", redis);
            host.UseSetting("Sentinel:Operators:Password", Password);
            host.UseSetting("Sentinel:Operators:JwtSecret", JwtSecret);
            foreach (var (name, value) in all)
            {
                host.UseSetting(name, value);
            }
        });
        app.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        app.StartServer();
        return new AdminApi(app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A client at another address of the loopback, which is another caller.</summary>
    public HttpClient NewClient(IPAddress from) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = Address,
    };

    /// <summary>A client with the token of an operator, of the built-in admin if no other is named.</summary>
    public async Task<HttpClient> SignInAsync(string username = Username, string password = Password)
    {
        var client = NewClient(IPAddress.Loopback);
        using var answer = await client.PostAsJsonAsync("/admin/api/login", new LoginRequest(username, password));
        var login = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<LoginResponse>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login!.Token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        await _app.DisposeAsync();
    }
}
