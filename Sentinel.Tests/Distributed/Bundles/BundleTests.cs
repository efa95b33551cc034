using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed.Bundles;

/// <summary>The bundle runs where there is no .NET: the programs find none in their environment.</summary>
public sealed class BundleTests(Bundle bundle, StoresOfClass stores, ExampleService downstream)
    : IClassFixture<Bundle>, IClassFixture<StoresOfClass>, IClassFixture<ExampleService>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proxy_binds_a_key_and_refuses_it_elsewhere()
    {
        await using var proxy = await BundledApp.StartAsync(
            bundle.PathOf("proxy", "Sentinel.Proxy"), stores,
            ("SENTINEL_HMAC_SECRET", The.HmacSecret), ("DOWNSTREAM_URL", downstream.Address.ToString()));
        var key = The.Key;

        Assert.Equal(HttpStatusCode.OK, await AskAsync(proxy, key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(proxy, key, The.Stranger));
    }

    [Fact]
    public async Task Admin_API_lets_its_operator_in()
    {
        await using var api = await BundledApp.StartAsync(
            bundle.PathOf("admin-api", "Sentinel.AdminApi"), stores,
            ("SENTINEL_HMAC_SECRET", The.HmacSecret), ("ADMIN_PASSWORD", Support.AdminApi.Password),
            ("ADMIN_JWT_SECRET", Support.AdminApi.JwtSecret));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/api/login")
        {
            Content = JsonContent.Create(new LoginRequest(Support.AdminApi.Username, Support.AdminApi.Password)),
        };

        using var answer = await api.Client.SendAsync(From(request, The.Caller), Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void Units_and_the_configuration_of_nginx_are_there() => Assert.All(
        [
            bundle.PathOf("systemd", "sentinel-proxy@.service"), bundle.PathOf("systemd", "sentinel-admin-api.service"),
            bundle.PathOf("nginx", "sentinel.conf.template"),
        ],
        path => Assert.True(File.Exists(path), path));

    private static async Task<HttpStatusCode> AskAsync(BundledApp proxy, string key, ClientAddress caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await proxy.Client.SendAsync(From(request, caller), Cancel);
        return answer.StatusCode;
    }

    /// <summary>As nginx passes it on.</summary>
    private static HttpRequestMessage From(HttpRequestMessage request, ClientAddress caller)
    {
        request.Headers.Add("X-Real-IP", caller.ToString());
        request.Headers.Add("X-Sentinel-Proxy", Production.ProxySecret);
        return request;
    }
}
