using System.Net;
using System.Text;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

/// <summary>What is true of all endpoints that there are, so that no new one is forgotten.</summary>
public sealed class AdminApiMatrixTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private const string Nobody = "7a0e2b5c-0000-4000-8000-000000000000";

    // What each endpoint is asked about something that is not there; '-' for one that is never asked about one thing.
    private const string Absent = $$"""
        GET    /admin/api/me                    -
        POST   /admin/api/login                 -
        POST   /admin/api/logout                -
        POST   /admin/api/password              -
        GET    /admin/api/tokens                -
        POST   /admin/api/tokens                -
        GET    /admin/api/tokens/{id:guid}      {}
        DELETE /admin/api/tokens/{id:guid}      {}
        GET    /admin/api/users                 -
        POST   /admin/api/users                 -
        GET    /admin/api/users/{id:guid}       {}
        PUT    /admin/api/users/{id:guid}       {"role":"viewer"}
        DELETE /admin/api/users/{id:guid}       {}
        POST   /admin/api/unlock                -
        GET    /admin/api/dashboard             -
        GET    /admin/api/bindings              -
        GET    /admin/api/bindings/{id:guid}    {}
        POST   /admin/api/bindings              -
        GET    /admin/api/approvals             -
        POST   /admin/api/bindings/approve      {"id":"{{Nobody}}","network":"192.0.2.1"}
        POST   /admin/api/bindings/refuse       {"id":"{{Nobody}}","network":"192.0.2.1"}
        POST   /admin/api/bindings/ban          {"id":"{{Nobody}}"}
        POST   /admin/api/bindings/unban        {"id":"{{Nobody}}"}
        POST   /admin/api/bindings/unbind       {"id":"{{Nobody}}"}
        PUT    /admin/api/bindings/ip           {"id":"{{Nobody}}","networks":["192.0.2.1"]}
        PUT    /admin/api/bindings/label        {"id":"{{Nobody}}","label":"x"}
        GET    /admin/api/logs                  -
        GET    /admin/api/logs/export           -
        GET    /admin/api/settings              -
        PUT    /admin/api/settings              -
        GET    /admin/api/settings/history      -
        POST   /admin/api/settings/restore      {"version":1000000}
        GET    /admin/api/audit                 -
        GET    /admin/api/audit/verify          -
        POST   /admin/api/alerts/test           -
        GET    /admin/api/alerts/deliveries     -
        POST   /admin/api/alerts/deliveries/{id:guid}/replay {}
        POST   /admin/api/retention/run         -
        GET    /admin/api/doctor/caller         -
        GET    /admin/api/secrets               -
        POST   /admin/api/secrets/retire        {"id":32767}
        """;

    // A sweep that nothing is said about is one that is meant.
    private const string Saying = "POST /admin/api/retention/run";

    // These read no body, so that there is none to be wrong.
    private static readonly string[] _bodiless =
    [
        "POST /admin/api/logout", "POST /admin/api/alerts/test",
        "POST /admin/api/alerts/deliveries/{id:guid}/replay",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<AdminEndpoint> Endpoints => AdminEndpoint.AllOf(admin.Api)
        .Where(endpoint => endpoint.Path.StartsWith("/admin/api/", StringComparison.Ordinal));

    [Fact]
    public void Each_endpoint_says_what_it_is_asked_about()
    {
        var rows = Rows().Select(row => $"{row.Method} {row.Path}");

        Assert.Equal(Endpoints.Select(endpoint => $"{endpoint}").Order(), rows.Order());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        foreach (var (method, path, body) in Rows().Where(row => row.Body != "-"))
        {
            using var answer = await SendAsync(method, path, body);

            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {path}: {answer.StatusCode}");
            _ = await answer.ProblemAsync(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Body_that_is_none_of_ours_is_refused()
    {
        foreach (var endpoint in Endpoints.Where(it => it.Method is "POST" or "PUT" && !_bodiless.Contains($"{it}")))
        {
            foreach (var body in (string[])["{", "[]", "7", .. $"{endpoint}" == Saying ? [] : (string[])["", "null"]])
            {
                using var answer = await SendAsync(endpoint.Method, endpoint.Path, body);

                Assert.True(
                    answer.StatusCode == HttpStatusCode.BadRequest, $"{endpoint} '{body}': {answer.StatusCode}");
                _ = await answer.ProblemAsync(HttpStatusCode.BadRequest);
            }
        }
    }

    private static IEnumerable<(string Method, string Path, string Body)> Rows() =>
        Absent.Split('\n').Select(line => line.Split(
                ' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(cells => (cells[0], cells[1], cells[2]));

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{id:guid}", Nobody));
        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await admin.Operator.SendAsync(request, Cancel);
    }
}
