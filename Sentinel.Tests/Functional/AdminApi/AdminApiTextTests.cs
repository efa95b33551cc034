using System.Net;
using System.Text;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

/// <summary>Characters that PostgreSQL cannot keep are a fault of the request, wherever they stand.</summary>
public sealed class AdminApiTextTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private const string Nobody = "7a0e2b5c-0000-4000-8000-000000000000";

    [Theory]
    [InlineData("bindings?q=a%00")]
    [InlineData("logs?q=a%00")]
    [InlineData("logs?reason=a%00")]
    [InlineData("logs/export?q=a%00")]
    [InlineData("audit?actor=a%00")]
    [InlineData("audit?action=a%00")]
    public async Task Query_with_NUL_is_refused(string query)
    {
        using var answer = await admin.Operator.GetAsync(
            $"/admin/api/{query}", TestContext.Current.CancellationToken);

        _ = await answer.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("POST", "login", """{"username":"a\u0000","password":"x"}""")]
    [InlineData("POST", "login", """{"username":"a\ud800","password":"x"}""")]
    [InlineData("POST", "unlock", """{"username":"a\u0000"}""")]
    [InlineData("POST", "bindings/approve", """{"requestId":"a\u0000"}""")]
    [InlineData("POST", "bindings/refuse", """{"requestId":"a\ud800"}""")]
    [InlineData("PUT", "bindings/label", $$"""{"id":"{{Nobody}}","label":"a\ud800"}""")]
    [InlineData("PUT", "settings", """{"consoleAddress":"https://console.example/\u0000"}""")]
    [InlineData("PUT", "settings", """{"consoleAddress":"https://console.example/\ud800"}""")]
    [InlineData("PUT", "settings", """{"alertSecret":"0123456789abcdef\ud800"}""")]
    [InlineData("PUT", "settings", """{"mode":"\ud800"}""")]
    [InlineData("PUT", "settings", """{"trustedProxies":["\ud800"]}""")]
    [InlineData("PUT", "settings", """{"\ud800":1}""")]
    public async Task Body_with_what_is_no_text_is_refused(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/admin/api/{path}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };

        using var answer = await admin.Operator.SendAsync(request, TestContext.Current.CancellationToken);

        _ = await answer.ProblemAsync(HttpStatusCode.BadRequest);
    }
}
