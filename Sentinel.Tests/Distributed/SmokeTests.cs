using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aspire.Hosting.Testing;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed;

/// <summary>The checks that an operator makes by hand after an installation.</summary>
[Collection(nameof(Installation))]
public sealed class SmokeTests(Installation installation)
{
    private const string Stranger = "198.51.100.9";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("proxy")]
    [InlineData("proxy-2")]
    [InlineData("admin-api")]
    [InlineData("admin-ui")]
    [InlineData("example-downstream")]
    public async Task Every_app_is_healthy(string app)
    {
        _ = await installation.App.ResourceNotifications.WaitForResourceHealthyAsync(app, Cancelled);
        using var client = installation.App.CreateHttpClient(app, "http");

        Assert.Equal("""{"status":"ok"}""", await client.GetStringAsync("/health", Cancelled));
    }

    [Fact]
    public async Task A_new_bearer_makes_a_row_in_PostgreSQL_and_an_entry_in_Redis()
    {
        const string owner = "203.0.113.1";
        using var client = installation.ClientFrom(owner);
        using var response = await client.UseKeyAsync(The.Key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        var binding = await installation.BindingOfAsync(owner);
        Assert.Equal("active", binding.State);
        Assert.Equal(["203.0.113.1/32"], binding.Networks);

        await using var redis = await RedisConnection.OpenAsync(installation.Redis);
        Assert.True(await redis.Database.KeyExistsAsync($"sentinel:binding:{binding.Fingerprint}"));
    }

    [Fact]
    public async Task The_same_address_passes_again_and_its_last_use_moves()
    {
        const string owner = "203.0.113.2";
        var key = The.Key;
        using var client = installation.ClientFrom(owner);
        using var first = await client.UseKeyAsync(key);
        var before = (await installation.BindingOfAsync(owner)).LastUsedAt;

        using var second = await client.UseKeyAsync(key);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        await Eventually.Holds(
            async () => (await installation.BindingOfAsync(owner)).LastUsedAt is { } now && now != before);
    }

    [Fact]
    public async Task Another_address_is_refused_and_leaves_a_row_in_intercept_logs()
    {
        const string owner = "203.0.113.3";
        var key = The.Key;
        using var client = installation.ClientFrom(owner);
        using var first = await client.UseKeyAsync(key);
        using var thief = installation.ClientFrom(Stranger);

        using var refusal = await thief.UseKeyAsync(key);

        Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
        Assert.Equal(["address_mismatch"], refusal.Headers.GetValues("x-sentinel-reason"));
        var binding = await installation.BindingOfAsync(owner);
        await Eventually.Holds(async () => await installation.InterceptsAsync(binding, Stranger) == 1);
    }

    [Fact]
    public async Task Login_gives_a_token_that_opens_the_dashboard()
    {
        using var client = installation.App.CreateHttpClient("admin-api", "http");
        using var login = await client.PostAsJsonAsync(
            "/admin/api/login", new LoginRequest("admin", installation.State.Secret("admin-password")), Cancelled);
        var token = (await login.Content.ReadFromJsonAsync<LoginResponse>(Cancelled))!.Token;

        using var closed = await client.GetAsync("/admin/api/dashboard", Cancelled);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var dashboard = await client.GetFromJsonAsync<Dashboard>("/admin/api/dashboard", Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
        Assert.NotNull(dashboard);
    }

    [Fact]
    public async Task A_key_of_a_realm_that_the_admin_API_binds_is_known_to_the_gate_there_and_nowhere_else()
    {
        var key = The.Key;
        using var admin = installation.App.CreateHttpClient("admin-api", "http");
        using var login = await admin.PostAsJsonAsync(
            "/admin/api/login", new LoginRequest("admin", installation.State.Secret("admin-password")), Cancelled);
        var token = (await login.Content.ReadFromJsonAsync<LoginResponse>(Cancelled))!.Token;
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var bound = await admin.PostAsJsonAsync(
            "/admin/api/bindings", new NewBinding(["203.0.113.4"], key, Realm: Installation.Realm), Cancelled);
        using var thief = installation.ClientFrom(Stranger);
        thief.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var refused = await thief.GetAsync("/tenant/v1/models", Cancelled);
        using var elsewhere = installation.ClientFrom(Stranger);
        using var free = await elsewhere.UseKeyAsync(key);

        Assert.Equal(HttpStatusCode.Created, bound.StatusCode);
        Assert.Equal(["address_mismatch"], refused.Headers.GetValues("x-sentinel-reason"));
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }
}
