using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiTokenTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static readonly string[] _open =
        ["POST /admin/api/login", "GET /health", "GET /health/ready", "GET /openapi/v1.json"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_but_login_and_health_answers_without_a_token()
    {
        var endpoints = admin.Api.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(it => it.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                method => $"{method} {PathOf(it)}"))
            .ToList();
        var open = new List<string>();
        foreach (var endpoint in endpoints)
        {
            var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await admin.Api.Anonymous.SendAsync(request, Cancel);
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
            {
                open.Add(endpoint);
            }
        }

        Assert.True(endpoints.Count > 10, "The endpoints were not found.");
        Assert.Equal(_open.Order(), open.Order());
    }

    [Theory]
    [InlineData("HS256", Support.AdminApi.JwtSecret, 60, HttpStatusCode.OK)]
    [InlineData("HS256", "signs the tokens of somebody else, and is long", 60, HttpStatusCode.Unauthorized)]
    [InlineData("HS256", Support.AdminApi.JwtSecret, -1, HttpStatusCode.Unauthorized)]
    [InlineData("HS384", Support.AdminApi.JwtSecret, 60, HttpStatusCode.Unauthorized)]
    [InlineData("HS512", Support.AdminApi.JwtSecret, 60, HttpStatusCode.Unauthorized)]
    [InlineData("none", "", 60, HttpStatusCode.Unauthorized)]
    [InlineData("None", "", 60, HttpStatusCode.Unauthorized)]
    public async Task Token_is_believed_only_if_signed_by_HS256_with_our_secret_and_not_expired(
        string algorithm, string secret, int secondsLeft, HttpStatusCode status)
    {
        using var client = admin.Api.NewClient(IPAddress.Loopback);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token(algorithm, secret, secondsLeft));

        using var answer = await client.GetAsync("/admin/api/dashboard", Cancel);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer")]
    [InlineData("Bearer x.y.z")]
    [InlineData("Bearer ..")]
    public async Task What_is_no_token_is_refused_with_a_problem(string authorization)
    {
        using var client = admin.Api.NewClient(IPAddress.Loopback);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await client.GetAsync("/admin/api/bindings", Cancel);

        _ = await answer.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Contract_is_described_in_development_only()
    {
        await using var production = Support.AdminApi.Start(
            admin.Stores.Database, admin.Stores.Redis, ("environment", "Production"));

        var described = await admin.Api.Anonymous.GetStringAsync("/openapi/v1.json", Cancel);
        using var hidden = await production.Anonymous.GetAsync("/openapi/v1.json", Cancel);

        Assert.Contains("/admin/api/bindings/unbind", described);
        Assert.Equal(HttpStatusCode.Unauthorized, hidden.StatusCode);
    }

    [Fact]
    public async Task Token_that_was_given_back_is_refused_and_others_are_not()
    {
        using var leaving = await admin.Api.SignInAsync();
        using var staying = await admin.Api.SignInAsync();

        using var goodbye = await leaving.PostAsync("/admin/api/logout", content: null, Cancel);
        using var refused = await leaving.GetAsync("/admin/api/bindings", Cancel);
        using var accepted = await staying.GetAsync("/admin/api/bindings", Cancel);

        Assert.Equal(HttpStatusCode.NoContent, goodbye.StatusCode);
        _ = await refused.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task Without_PostgreSQL_nothing_is_answered_but_that_it_is_away()
    {
        var nowhere = $"Host=127.0.0.1;Port={ServerProcess.FreePort()};Username=postgres;Database=none";
        await using var api = Support.AdminApi.Start(nowhere, admin.Stores.Redis);
        using var client = await api.SignInAsync();

        using var answer = await client.GetAsync("/admin/api/dashboard", Cancel);
        using var health = await client.GetAsync("/health", Cancel);

        _ = await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private static string PathOf(RouteEndpoint endpoint) =>
        $"/{endpoint.RoutePattern.RawText!.Trim('/')}"
            .Replace("{id:guid}", $"{Guid.NewGuid()}").Replace("{documentName}", "v1");

    private static string Token(string algorithm, string secret, int secondsLeft)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""");
        var payload = Encode($$"""
            {"iss":"sentinel","aud":"sentinel-admin","sub":"admin","jti":"{{Guid.NewGuid()}}","role":"admin",
             "iat":{{now - 60}},"nbf":{{now - 60}},"exp":{{now + secondsLeft}}}
            """);
        var (key, content) = (Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{header}.{payload}"));
        var signature = algorithm switch
        {
            "HS256" => HMACSHA256.HashData(key, content),
            "HS384" => HMACSHA384.HashData(key, content),
            "HS512" => HMACSHA512.HashData(key, content),
            _ => [],
        };
        return $"{header}.{payload}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
