using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiTokenTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
            admin.Stores.Database, admin.Stores.Redis, Production.Settings);

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

    /// <summary>It asks before it sends: the connection of whoever sends at once is closed, perhaps too soon.</summary>
    [Fact]
    public async Task Body_that_is_too_large_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/admin/api/bindings/label");
        request.Headers.ExpectContinue = true;
        request.Content = new StringContent(
            $$"""{"label":"{{new string('x', 2_000_000)}}"}""", Encoding.UTF8, "application/json");

        using var answer = await admin.Operator.SendAsync(request, Cancel);

        _ = await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Token_of_the_local_secret_opens_nothing_but_the_lock()
    {
        using var client = admin.Api.NewClient(IPAddress.Loopback);
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            Token("HS256", Support.AdminApi.JwtSecret, 60, audience: "sentinel-unlock"));

        using var refused = await client.GetAsync("/admin/api/dashboard", Cancel);

        _ = await refused.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    private string SessionOfOperator()
    {
        var payload = admin.Operator.DefaultRequestHeaders.Authorization!.Parameter!.Split('.')[1];
        var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(payload));
        return claims.RootElement.GetProperty("jti").GetString()!;
    }

    private string Token(string algorithm, string secret, int secondsLeft, string audience = "sentinel-admin")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""");
        var payload = Encode($$"""
            {"iss":"sentinel","aud":"{{audience}}","sub":"admin","jti":"{{SessionOfOperator()}}","role":"admin",
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
