using System.Net.Http.Headers;
using Sentinel.AdminUi.Sessions;

namespace Sentinel.AdminUi.Exports;

/// <summary>Fetches the intercept log as a file and passes it on as it comes: its size costs no memory here.</summary>
internal sealed class LogExport(HttpClient http, OperatorAddress address)
{
    /// <summary>Asks with the browser's own query and writes what the admin API says, status and all.</summary>
    public async Task PassOnAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"logs/export{context.Request.QueryString}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SessionTicket.TokenOf(context.User));
        address.Say(request, SessionTicket.AddressOf(context.User));
        using var answer = await http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        context.Response.Headers.ContentDisposition = answer.Content.Headers.ContentDisposition?.ToString();
        context.Response.Headers.CacheControl = "no-store";
        await answer.Content.CopyToAsync(context.Response.Body, cancellationToken);
    }
}
