using System.Net.Http.Headers;
using Sentinel.AdminUi.Sessions;

namespace Sentinel.AdminUi.Exports;

/// <summary>
/// Fetches the intercept log as a file and passes it on as it comes: its size costs memory neither here nor in the
/// browser, which writes it to its disk.
/// </summary>
internal sealed class LogExport(HttpClient http, OperatorAddress address)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Asks with the browser's own query and writes what the admin API says, status and all.</summary>
    /// <param name="context">The browser's request.</param>
    /// <param name="run">Hears how far it is; null if no page waits for that.</param>
    public async Task PassOnAsync(HttpContext context, ExportRun? run)
    {
        using var cancellation = run?.TryBegin(context.RequestAborted);
        var cancel = cancellation?.Token ?? context.RequestAborted;
        var reported = cancellation is null ? null : run;
        try
        {
            var isWhole = await PassOnAsync(context, reported, cancel);
            reported?.End(isWhole ? ExportState.Done : ExportState.Failed);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            reported?.End(cancel.IsCancellationRequested ? ExportState.Cancelled : ExportState.Failed);
            BreakOff(context);
        }
    }

    private async Task<bool> PassOnAsync(HttpContext context, ExportRun? run, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"logs/export{context.Request.QueryString}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SessionTicket.TokenOf(context.User));
        address.Say(request, SessionTicket.AddressOf(context.User));
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        context.Response.Headers.ContentDisposition = answer.Content.Headers.ContentDisposition?.ToString();
        context.Response.Headers.CacheControl = "no-store";

        // The first line of a table names its columns.
        long rows = answer.Content.Headers.ContentType?.MediaType == "text/csv" ? -1 : 0;
        var buffer = new byte[BufferSize];
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancel);
            rows += buffer.AsSpan(0, read).Count((byte)'\n');
            run?.Pass(Math.Max(rows, 0));
        }

        return answer.IsSuccessStatusCode;
    }

    /// <summary>A file that ends early must not look whole.</summary>
    private static void BreakOff(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }
}
