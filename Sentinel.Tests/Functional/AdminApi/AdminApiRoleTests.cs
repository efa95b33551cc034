using System.Net;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

/// <summary>Who may do what, over all endpoints that there are.</summary>
public sealed class AdminApiRoleTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static readonly string[] _open =
        ["POST /admin/api/login", "GET /health", "GET /health/ready", "GET /openapi/{documentName}.json"];

    // The weakest role that an endpoint answers. Whoever adds one says here whom it is for.
    private const string Asked = """
        GET    /admin/api/me                    viewer
        POST   /admin/api/logout                viewer
        POST   /admin/api/password              viewer
        GET    /admin/api/tokens                viewer
        POST   /admin/api/tokens                viewer
        GET    /admin/api/tokens/{id:guid}      viewer
        DELETE /admin/api/tokens/{id:guid}      viewer
        GET    /admin/api/users                 admin
        POST   /admin/api/users                 admin
        GET    /admin/api/users/{id:guid}       admin
        PUT    /admin/api/users/{id:guid}       admin
        DELETE /admin/api/users/{id:guid}       admin
        POST   /admin/api/unlock                admin
        GET    /admin/api/dashboard             viewer
        GET    /admin/api/bindings              viewer
        GET    /admin/api/bindings/{id:guid}    viewer
        POST   /admin/api/bindings              operator
        GET    /admin/api/approvals             viewer
        POST   /admin/api/bindings/approve      operator
        POST   /admin/api/bindings/refuse       operator
        POST   /admin/api/bindings/ban          operator
        POST   /admin/api/bindings/unban        operator
        POST   /admin/api/bindings/unbind       operator
        PUT    /admin/api/bindings/ip           operator
        PUT    /admin/api/bindings/label        operator
        GET    /admin/api/logs                  viewer
        GET    /admin/api/logs/export           viewer
        GET    /admin/api/settings              viewer
        PUT    /admin/api/settings              admin
        GET    /admin/api/settings/history      viewer
        POST   /admin/api/settings/restore      admin
        GET    /admin/api/audit                 viewer
        GET    /admin/api/audit/verify          viewer
        POST   /admin/api/alerts/test           operator
        GET    /admin/api/alerts/deliveries     viewer
        POST   /admin/api/alerts/deliveries/{id:guid}/replay operator
        POST   /admin/api/retention/run         admin
        GET    /admin/api/doctor/caller         viewer
        GET    /admin/api/secrets               admin
        POST   /admin/api/secrets/retire        admin
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_but_login_and_health_answers_without_a_token()
    {
        var open = new List<string>();
        foreach (var endpoint in AdminEndpoint.AllOf(admin.Api))
        {
            using var answer = await endpoint.AskAsync(admin.Api.Anonymous);
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
            {
                open.Add(endpoint.ToString());
            }
        }

        Assert.Equal(_open.Order(), open.Order());
    }

    [Fact]
    public async Task Each_endpoint_answers_the_roles_that_it_is_for_and_refuses_weaker_ones()
    {
        var expected = Asked.Split('\n').Select(line => string.Join(' ', line.Split(' ', Options))).Order();
        using var viewer = await admin.ScriptAsync(admin.Operator, new NewToken("viewer", "viewer", Days: 1));
        using var keeper = await admin.ScriptAsync(admin.Operator, new NewToken("operator", "operator", Days: 1));
        using var ruler = await admin.ScriptAsync(admin.Operator, new NewToken("admin", "admin", Days: 1));

        var found = new List<string>();
        foreach (var endpoint in AdminEndpoint.AllOf(admin.Api).Where(it => !_open.Contains(it.ToString())))
        {
            bool[] refused =
            [
                await IsRefusedAsync(endpoint, viewer),
                await IsRefusedAsync(endpoint, keeper),
                await IsRefusedAsync(endpoint, ruler),
            ];
            found.Add($"{endpoint} {RoleOf(refused)}");
        }

        Assert.Equal(expected, found.Order());
    }

    [Fact]
    public async Task Refusal_of_a_role_is_a_problem()
    {
        using var viewer = await admin.SignInAsync("viewer");

        using var answer = await viewer.PostAsync("/admin/api/bindings/ban", content: null, Cancel);

        _ = await answer.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Without_PostgreSQL_nothing_is_answered_but_that_it_is_away()
    {
        var nowhere = $"Host=127.0.0.1;Port={ServerProcess.FreePort()};Username=postgres;Database=none";
        await using var api = Support.AdminApi.Start(nowhere, admin.Stores.Redis);
        using var client = api.NewClient(IPAddress.Loopback);
        client.DefaultRequestHeaders.Authorization = admin.Operator.DefaultRequestHeaders.Authorization;

        foreach (var endpoint in AdminEndpoint.AllOf(api).Where(it => !_open.Contains(it.ToString())))
        {
            using var answer = await endpoint.AskAsync(client);
            _ = await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        }

        using var health = await client.GetAsync("/health", Cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static async Task<bool> IsRefusedAsync(AdminEndpoint endpoint, HttpClient client)
    {
        using var answer = await endpoint.AskAsync(client);
        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.True((int)answer.StatusCode < 500, $"{endpoint} answers {answer.StatusCode}.");
        return answer.StatusCode is HttpStatusCode.Forbidden;
    }

    private static string RoleOf(bool[] refused) => refused switch
    {
        [false, false, false] => "viewer",
        [true, false, false] => "operator",
        [true, true, false] => "admin",
        _ => "nobody",
    };
}
