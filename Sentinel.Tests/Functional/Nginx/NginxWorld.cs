using Sentinel.Tests.Browser;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Nginx;

/// <summary>nginx in front of two real proxies, an admin API and a console. Only nginx is a trusted proxy.</summary>
public sealed class NginxWorld(RealStores stores) : IAsyncLifetime
{
    private const string Secret = "what nginx shows to the proxy";

    private readonly AdminApiOfClass _admin = new(stores);
    private ProxyApp[] _proxies = [];
    private AdminUiApp _console = null!;

    public GateWorld Gate { get; } = new(stores);

    public NginxServer Nginx { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Gate.InitializeAsync();
        await _admin.InitializeAsync();
        _proxies = [NewProxy(), NewProxy()];
        _console = AdminUiApp.Start(
            _admin.Api.Address, ("TRUSTED_PROXIES", "127.0.0.1/32"), ("Sentinel:Callers:ProxySecret", Secret));
        Nginx = await NginxServer.StartAsync(
            [.. _proxies.Select(proxy => proxy.Client.BaseAddress!)], _admin.Api.Address, _console.Address, Secret);
    }

    public async ValueTask DisposeAsync()
    {
        await Nginx.DisposeAsync();
        await _console.DisposeAsync();
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        await _admin.DisposeAsync();
        await Gate.DisposeAsync();
    }

    private ProxyApp NewProxy() =>
        Gate.NewProxy(("TRUSTED_PROXIES", "127.0.0.1/32"), ("Sentinel:Callers:ProxySecret", Secret));
}
