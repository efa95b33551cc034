using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed.Bundles;

/// <summary>
/// The bundle runs where there is no .NET, by what its own units say and with what setup made: the programs find none
/// in their environment.
/// </summary>
public sealed class BundleTests(Bundle bundle, StoresOfClass stores, ExampleService downstream)
    : IClassFixture<Bundle>, IClassFixture<StoresOfClass>, IClassFixture<ExampleService>
{
    private const string AdminApi = "sentinel-admin-api.service";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proxy_binds_a_key_and_refuses_it_elsewhere()
    {
        using var host = await SetUpAsync();
        await host.SetupAsync("--rotate", "jwt"); // whose keys are not there for it
        await using var proxy = await host.StartAsync("sentinel-proxy@.service");
        var key = The.Key;

        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, proxy, key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(host, proxy, key, The.Stranger));
    }

    [Fact]
    public async Task Tokens_of_operators_are_signed_by_the_key_that_setup_made_and_outlive_its_rotation()
    {
        using var host = await SetUpAsync();
        string token;
        await using (var api = await host.StartAsync(AdminApi))
        {
            token = await LoginAsync(host, api);
        }

        await host.SetupAsync("--rotate", "jwt");
        await using var rotated = await host.StartAsync(AdminApi);
        var next = await LoginAsync(host, rotated);

        Assert.All([token, next], it => Assert.Contains("\"RS256\"", Head(it), StringComparison.Ordinal));
        Assert.NotEqual(Head(token), Head(next));
        Assert.Equal(HttpStatusCode.OK, await ListAsync(host, rotated, token));
        Assert.Equal(HttpStatusCode.OK, await ListAsync(host, rotated, next));
    }

    [Fact]
    public async Task Console_opens_its_door()
    {
        using var host = await SetUpAsync();
        await using var console = await host.StartAsync("sentinel-admin-ui.service");
        using var request = From(host, new HttpRequestMessage(HttpMethod.Get, "/admin/ui/sign-in"), The.Caller);

        using var page = await console.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Sentinel", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Units_are_understood_by_systemd()
    {
        using var host = await SetUpAsync();

        if (File.Exists("/usr/bin/systemd-analyze"))
        {
            await host.VerifyUnitsAsync();
        }

        Assert.True(File.Exists(bundle.PathOf("nginx", "sentinel.conf.template")));
    }

    /// <summary>A unit runs as a user that systemd makes up.</summary>
    [Theory]
    [InlineData("proxy/Sentinel.Proxy", UnixFileMode.OtherRead | UnixFileMode.OtherExecute)]
    [InlineData("proxy/Sentinel.Proxy.dll", UnixFileMode.OtherRead)]
    [InlineData("admin-ui/wwwroot", UnixFileMode.OtherRead | UnixFileMode.OtherExecute)]
    public void Everybody_can_run_what_is_bundled(string name, UnixFileMode mode) => Assert.True(
        OperatingSystem.IsWindows() || File.GetUnixFileMode(bundle.PathOf(name)).HasFlag(mode), name);

    private Task<BundledHost> SetUpAsync() => BundledHost.SetUpAsync(bundle, stores, downstream.Address);

    private static async Task<HttpStatusCode> AskAsync(
        BundledHost host, BundledApp proxy, string key, ClientAddress caller)
    {
        using var request = From(host, new HttpRequestMessage(HttpMethod.Get, "/v1/models"), caller);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await proxy.Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task<string> LoginAsync(BundledHost host, BundledApp api)
    {
        using var request = From(host, new HttpRequestMessage(HttpMethod.Post, "/admin/api/login"), The.Caller);
        request.Content = JsonContent.Create(new LoginRequest("admin", host.Setting("ADMIN_PASSWORD")));
        using var answer = await api.Client.SendAsync(request, Cancel);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<LoginResponse>(Cancel))!.Token;
    }

    private static async Task<HttpStatusCode> ListAsync(BundledHost host, BundledApp api, string token)
    {
        using var request = From(host, new HttpRequestMessage(HttpMethod.Get, "/admin/api/bindings"), The.Caller);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await api.Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static string Head(string token) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0]));

    /// <summary>As nginx passes it on.</summary>
    private static HttpRequestMessage From(BundledHost host, HttpRequestMessage request, ClientAddress caller)
    {
        request.Headers.Add("X-Real-IP", caller.ToString());
        request.Headers.Add("X-Sentinel-Proxy", host.Setting("PROXY_SECRET"));
        return request;
    }
}
