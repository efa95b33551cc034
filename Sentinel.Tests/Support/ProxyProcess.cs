using System.Globalization;
using System.Net.Http.Headers;
using Sentinel.Core.Callers;

namespace Sentinel.Tests.Support;

/// <summary>A replica of the proxy as a process of its own, which can be killed.</summary>
public sealed class ProxyProcess : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _client;
    private bool _isKilled;

    private ProxyProcess(ServerProcess process, Uri address) =>
        (_process, _client) = (process, new HttpClient { BaseAddress = address });

    public static async Task<ProxyProcess> StartAsync(
        string database, string redis, Uri downstream, params (string Name, string Value)[] settings)
    {
        var address = new Uri(string.Create(
            CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}"));
        string[] environment =
        [
            "ASPNETCORE_ENVIRONMENT=Development", $"ASPNETCORE_URLS={address}",
            $"ConnectionStrings__sentinel={database}", $"ConnectionStrings__redis={redis}",
            $"SENTINEL_HMAC_SECRET={The.HmacSecret}", $"DOWNSTREAM_URL={downstream}", "TRUSTED_PROXIES=127.0.0.0/8",
            .. Patience.Some.Concat(settings).Select(setting => $"{setting.Name.Replace(":", "__")}={setting.Value}"),
        ];
        var process = await ServerProcess.StartAsync(
            ServerProcess.NewFolder(),
            ["env", .. environment, "dotnet", Path.Combine(AppContext.BaseDirectory, "Sentinel.Proxy.dll")]);
        var proxy = new ProxyProcess(process, address);
        await Eventually.Succeeds(async () => _ = await proxy._client.GetStringAsync("/health"));
        return proxy;
    }

    public async Task<HttpResponseMessage> SendAsync(string key, ClientAddress caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/anything");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("X-Real-IP", caller.ToString());
        return await _client.SendAsync(request);
    }

    /// <summary>Ends it without a word, as a crash does.</summary>
    public Task KillAsync()
    {
        _isKilled = true;
        return _process.SignalAsync("KILL");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_isKilled)
        {
            // The signal that ends the other servers is ignored by a .NET program in the background of a shell.
            await _process.SignalAsync("TERM");
        }

        await _process.DisposeAsync();
    }
}
