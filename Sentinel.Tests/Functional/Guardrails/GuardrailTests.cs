using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Guardrails;

/// <summary>Each guardrail: the app is started wrongly, and the message is read.</summary>
public sealed class GuardrailTests(GateWorld world) : IClassFixture<GateWorld>, IDisposable
{
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();

    [Theory]
    [InlineData("SENTINEL_HMAC_SECRET", "short", "SENTINEL_HMAC_SECRET has less than 32 characters")]
    [InlineData("SENTINEL_HMAC_SECRET", "changeme-changeme-changeme-changeme", "SENTINEL_HMAC_SECRET is a well-known")]
    [InlineData("Sentinel:Callers:ProxySecret", "aaaaaaaaaaaaaaaaaaaaaa", "ProxySecret is a well-known default")]
    [InlineData("Sentinel:Callers:ProxySecret", "short", "Sentinel__Callers__ProxySecret has less than 16 characters")]
    [InlineData("ConnectionStrings:sentinel", "Host=db.test;SSL Mode=Require", "PostgreSQL is on another machine")]
    [InlineData("ConnectionStrings:sentinel", "Host=/run/pg,10.0.0.9", "PostgreSQL is on another machine")]
    [InlineData("ConnectionStrings:sentinel", "nonsense", "PG_DSN is neither an address like")]
    [InlineData("ConnectionStrings:redis", "cache.test:6379,password=x", "Redis is on another machine without TLS")]
    [InlineData("TRUSTED_PROXIES", "", "No proxy is trusted, so behind nginx every caller is nginx")]
    [InlineData("TRUSTED_PROXIES", "10.0.0.0/8", "10.0.0.0/8 in TRUSTED_PROXIES is wider than /24")]
    [InlineData("TRUSTED_PROXIES", "fd00::/48", "fd00::/48 in TRUSTED_PROXIES is wider than /24 or /64")]
    [InlineData("ALLOWED_HOSTS", "", "Set ALLOWED_HOSTS to the names that clients use")]
    [InlineData("ALLOWED_HOSTS", "api.test,*", "ALLOWED_HOSTS holds a wildcard")]
    [InlineData("CORS_ORIGINS", "*", "Name the origins in CORS_ORIGINS")]
    [InlineData("SENTINEL_FAILSAFE_MODE", "open", "Set SENTINEL_FAILSAFE_MODE to closed or frozen")]
    [InlineData("DOWNSTREAM_URL", "https://api.example.com", "DOWNSTREAM_URL is a public address")]
    [InlineData("DOWNSTREAM_URL", "http://8.8.8.8:3000", "DOWNSTREAM_URL is a public address")]
    [InlineData("Sentinel:Downstreams:b:Addresses", "http://10.1.1.1,http://9.9.9.9", "9.9.9.9 is a public address")]
    [InlineData("DetailedErrors", "true", "Remove ASPNETCORE_DETAILEDERRORS")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true", "Remove ASPNETCORE_FORWARDEDHEADERS_ENABLED")]
    public void Proxy_does_not_start_in_production(string setting, string value, string message) =>
        Assert.Contains(message, Refusal(() => NewProxy((setting, value))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Sentinel:Operators:Password", "too short", "ADMIN_PASSWORD has less than 12 characters")]
    [InlineData("Sentinel:Operators:Password", "Password1234567", "ADMIN_PASSWORD is a well-known default")]
    [InlineData("Sentinel:Operators:JwtSecret", "short", "ADMIN_JWT_SECRET has less than 32 characters")]
    [InlineData("Sentinel:Operators:JwtSecret", "secret-secret-secret-secret-secret", "JWT_SECRET is a well-known")]
    public void Admin_API_does_not_start_in_production(string setting, string value, string message) =>
        Assert.Contains(
            message,
            Refusal(() => Support.AdminApi.Start(
                world.Stores.Database, world.Stores.Redis, Production.With((setting, value)))),
            StringComparison.Ordinal);

    [Fact]
    public void Key_file_that_everybody_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no such mode
        }

        var file = Path.Combine(_folder.FullName, "jwt.key");
        File.WriteAllText(file, "key");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var message = Refusal(() => NewProxy(("Sentinel:Operators:JwtPrivateKeyFile", file)));

        Assert.Contains($"can be read by everybody. Run: chmod 600 {file}", message, StringComparison.Ordinal);
    }

    /// <summary>A link says of itself that everybody may do everything.</summary>
    [Fact]
    public async Task Key_file_that_Kubernetes_mounts_as_a_link_is_judged_by_what_it_leads_to()
    {
        var file = Path.Combine(_folder.FullName, "jwt.key");
        var link = Path.Combine(_folder.FullName, "link.key");
        await File.WriteAllTextAsync(file, "key", TestContext.Current.CancellationToken);
        _ = File.CreateSymbolicLink(link, "jwt.key");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        }

        await using var proxy = NewProxy(("Sentinel:Operators:JwtPrivateKeyFile", link));

        Assert.NotNull(proxy.Client);
    }

    [Fact]
    public void All_problems_are_said_at_once()
    {
        var message = Refusal(() => NewProxy(
            ("TRUSTED_PROXIES", "10.0.0.0/8"), ("ALLOWED_HOSTS", ""), ("SENTINEL_FAILSAFE_MODE", "open"),
            ("DOWNSTREAM_URL", "https://api.example.com"), ("CORS_ORIGINS", "*")));

        Assert.All(
            ["10.0.0.0/8 in TRUSTED_PROXIES", "ALLOWED_HOSTS", "closed or frozen", "public address", "CORS_ORIGINS"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_operator_acknowledges_is_accepted()
    {
        await using var proxy = NewProxy(
            ("SENTINEL_FAILSAFE_MODE", "open"), ("CORS_ORIGINS", "*"),
            ("SENTINEL_ACKNOWLEDGE", "open-failsafe, wildcard-origins"));

        var answer = await proxy.Client.GetStringAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal("""{"status":"ok"}""", answer);
    }

    [Fact]
    public async Task Only_known_hosts_are_answered()
    {
        await using var proxy = NewProxy(("ALLOWED_HOSTS", "api.test,*.cloud.test"));

        Assert.Equal(400, await AskAsync(proxy, "/anything", "evil.test"));
        Assert.Equal(400, await AskAsync(proxy, "/anything", "cloud.test"));
        Assert.Equal(403, await AskAsync(proxy, "/anything", "api.test"));
        Assert.Equal(403, await AskAsync(proxy, "/anything", "a.cloud.test:8443"));
        Assert.Equal(200, await AskAsync(proxy, "/health", "10.1.2.3"));
    }

    [Fact]
    public async Task Client_is_told_in_its_own_dialect_that_a_host_is_not_answered()
    {
        await using var proxy = NewProxy(("ALLOWED_HOSTS", "api.test"));
        using var request = ProxyApp.Request(HttpMethod.Get, "/v1/models", The.Key, The.Caller);
        request.Headers.Host = "evil.test";

        using var refused = await proxy.SendAsync(request);

        Assert.Equal("bad_request", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
        Assert.Equal("false", Assert.Single(refused.Headers.GetValues("x-should-retry")));
        Assert.True(refused.Headers.CacheControl?.NoStore);
        Assert.StartsWith(
            "{\"error\":{\"message\":",
            await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ProxyApp NewProxy(params (string Name, string Value)[] changes) =>
        world.NewProxy(Production.With(changes));

    private static string Refusal(Func<object> start) => Assert.ThrowsAny<Exception>(start).ToString();

    private static async Task<int> AskAsync(ProxyApp proxy, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        using var answer = await proxy.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
