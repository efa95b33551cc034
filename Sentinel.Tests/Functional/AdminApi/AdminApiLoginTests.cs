using System.Net;
using System.Net.Http.Json;
using System.Text;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiLoginTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private const string Path = "/admin/api/login";

    private static readonly LoginRequest _right = new(Support.AdminApi.Username, Support.AdminApi.Password);
    private static readonly LoginRequest _wrong = new(Support.AdminApi.Username, "a guess");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_password_gives_a_token_that_opens_the_dashboard()
    {
        using var client = admin.Api.NewClient(IPAddress.Parse("127.0.1.1"));
        using var answer = await client.PostAsJsonAsync(Path, _right with { Username = "Admin" }, Cancel);
        var login = (await answer.Content.ReadFromJsonAsync<LoginResponse>(Cancel))!;

        client.DefaultRequestHeaders.Authorization = new("Bearer", login.Token);
        using var dashboard = await client.GetAsync("/admin/api/dashboard", Cancel);

        Assert.Equal(HttpStatusCode.OK, dashboard.StatusCode);
        Assert.InRange(login.ExpiresAt, DateTimeOffset.UtcNow.AddHours(7), DateTimeOffset.UtcNow.AddHours(9));
    }

    [Theory]
    [InlineData("admin", "a guess")]
    [InlineData("nobody", Support.AdminApi.Password)]
    public async Task Wrong_name_and_wrong_password_get_the_same_refusal(string username, string password)
    {
        using var client = admin.Api.NewClient(IPAddress.Parse("127.0.1.2"));
        using var answer = await client.PostAsJsonAsync(Path, new LoginRequest(username, password), Cancel);

        var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("The username or the password is wrong.", problem.Detail);
    }

    [Theory]
    [InlineData("""{}""", "password", "username")]
    [InlineData("""{"username":"","password":"x"}""", "username")]
    [InlineData("""{"username":"x","password":null}""", "password")]
    [InlineData("""{"username":5,"password":"x"}""", "username")]
    [InlineData("""{"username":""", "username")]
    [InlineData("""[]""", "body")]
    public async Task Body_that_says_too_little_is_refused_by_field(string body, params string[] fields)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await admin.Api.Anonymous.PostAsync(Path, content, Cancel);

        await answer.IsRefusedForAsync(fields);
    }

    [Fact]
    public async Task Sixth_failure_from_one_network_is_locked_out_and_other_networks_are_not()
    {
        using var thief = admin.Api.NewClient(IPAddress.Parse("127.0.1.3"));
        await FailFiveTimesAsync(thief);

        using var refused = await thief.PostAsJsonAsync(Path, _right, Cancel);
        using var owner = await admin.Api.SignInAsync();

        _ = await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Success_takes_failures_back()
    {
        using var client = admin.Api.NewClient(IPAddress.Parse("127.0.1.4"));
        for (var round = 0; round < 2; round++)
        {
            for (var failure = 0; failure < 4; failure++)
            {
                using var wrong = await client.PostAsJsonAsync(Path, _wrong with { Username = "ADMIN" }, Cancel);
                Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            }

            using var right = await client.PostAsJsonAsync(Path, _right, Cancel);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        }
    }

    [Fact]
    public async Task Lockout_is_counted_in_memory_when_Redis_is_away()
    {
        var nowhere = $"127.0.0.1:{ServerProcess.FreePort()}";
        await using var api = Support.AdminApi.Start(admin.Stores.Database, nowhere, Patience.WithoutRedis);
        await FailFiveTimesAsync(api.Anonymous);

        using var refused = await api.Anonymous.PostAsJsonAsync(Path, _right, Cancel);
        using var elsewhere = api.NewClient(IPAddress.Parse("127.0.1.5"));
        using var accepted = await elsewhere.PostAsJsonAsync(Path, _right, Cancel);

        _ = await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task Caller_behind_a_trusted_proxy_is_who_the_proxy_names()
    {
        await using var api = Support.AdminApi.Start(
            admin.Stores.Database, admin.Stores.Redis, ("Sentinel:Callers:TrustedProxies", "127.0.0.0/8"));
        using var thief = api.NewClient(IPAddress.Loopback);
        thief.DefaultRequestHeaders.Add("X-Real-IP", $"{The.Stranger}");
        await FailFiveTimesAsync(thief);

        using var refused = await thief.PostAsJsonAsync(Path, _right, Cancel);
        using var owner = api.NewClient(IPAddress.Loopback);
        owner.DefaultRequestHeaders.Add("X-Real-IP", $"{The.Caller}");
        using var accepted = await owner.PostAsJsonAsync(Path, _right, Cancel);
        owner.DefaultRequestHeaders.Add("X-Forwarded-For", $"{The.Stranger}");
        using var contradiction = await owner.PostAsJsonAsync(Path, _right, Cancel);

        _ = await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        _ = await contradiction.ProblemAsync(HttpStatusCode.Forbidden);
    }

    private static async Task FailFiveTimesAsync(HttpClient client)
    {
        var wrong = Enumerable.Range(0, 5).Select(_ => client.PostAsJsonAsync(Path, _wrong, Cancel));
        foreach (var answer in await Task.WhenAll(wrong))
        {
            using (answer)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            }
        }
    }
}
