using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Core.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A replica of the proxy on a real socket. The tests are its trusted proxy and say who calls.</summary>
public sealed class ProxyApp : WebApplicationFactory<Proxy.Program>
{
    private readonly Dictionary<string, string> _settings;

    /// <summary>Starts it; the settings given here win over those below.</summary>
    public ProxyApp(string database, string redis, Uri downstream, params (string Name, string Value)[] settings)
    {
        _settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:sentinel"] = database,
            ["ConnectionStrings:redis"] = redis,
            ["SENTINEL_HMAC_SECRET"] = The.HmacSecret,
            ["DOWNSTREAM_URL"] = downstream.ToString(),
            ["TRUSTED_PROXIES"] = "127.0.0.0/8,::1/128",
            ["Sentinel:Trail:InterceptInterval"] = "00:00:00.050",
            ["Sentinel:Trail:LastUseInterval"] = "00:00:00.050",
            ["Sentinel:Trail:CounterInterval"] = "00:00:00.050",
        };
        (string Name, string Value)[] all = [.. Patience.Great, .. settings];
        foreach (var (name, value) in all)
        {
            _settings[name] = value;
        }

        UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        StartServer();
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client = new HttpClient { BaseAddress = new Uri(addresses.Addresses.First()) };
    }

    public HttpClient Client { get; }

    public static HttpRequestMessage Request(HttpMethod method, string target, string key, ClientAddress caller)
    {
        var request = new HttpRequestMessage(method, target);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("X-Real-IP", caller.ToString());
        return request;
    }

    /// <summary>Sends a request with a key from an address; returns when the status line is there.</summary>
    public Task<HttpResponseMessage> SendAsync(
        string key, ClientAddress caller, string script = "", string target = "/anything")
    {
        var request = Request(HttpMethod.Get, target, key, caller);
        request.Headers.Add("x-script", script);
        return SendAsync(request);
    }

    /// <summary>Sends a request; returns when the status line is there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    /// <summary>Sends a request, reads the answer to its end, and returns the status.</summary>
    public async Task<HttpStatusCode> AskAsync(
        string key, ClientAddress caller, string script = "", string target = "/anything")
    {
        using var answer = await SendAsync(key, caller, script, target);
        _ = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }
    }

    /// <summary>Also ends one that could not start: it has no client, and only the finalizer to end it.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Client.Dispose();
        }

        base.Dispose(disposing);
    }
}
