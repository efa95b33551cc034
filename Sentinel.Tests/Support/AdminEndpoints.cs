using System.Text;
using Microsoft.AspNetCore.Routing;

namespace Sentinel.Tests.Support;

/// <summary>An endpoint that the admin API has.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, as it is written in the code.</param>
public sealed record AdminEndpoint(string Method, string Path)
{
    /// <summary>All that there are: so that no test of all of them forgets one.</summary>
    public static IReadOnlyList<AdminEndpoint> AllOf(AdminApi api)
    {
        AdminEndpoint[] all =
        [
            .. api.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
                endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                    new AdminEndpoint(method, $"/{endpoint.RoutePattern.RawText!.Trim('/')}"))),
        ];
        Assert.True(all.Length > 20, "The endpoints were not found.");
        return all;
    }

    /// <summary>Asks it about something that does not exist, with a body that says nothing.</summary>
    public async Task<HttpResponseMessage> AskAsync(HttpClient client)
    {
        var path = Path.Replace("{id:guid}", $"{Guid.NewGuid()}").Replace("{documentName}", "v1");
        using var request = new HttpRequestMessage(new HttpMethod(Method), path);
        if (Method is "POST" or "PUT")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        return await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public override string ToString() => $"{Method} {Path}";
}
