using System.Net.WebSockets;

namespace Example.Downstream.Seen;

/// <summary><c>GET /_seen</c> tells which key came from where, <c>DELETE /_seen</c> forgets it.</summary>
internal static class SeenExtensions
{
    private const string Path = "/_seen";

    public static void AddSeen(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SeenLog>();
        builder.Services.AddSingleton(TimeProvider.System);
    }

    public static void UseSeen(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<SeenLog>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.Use((context, next) => IsOwn(context.Request.Path) ? next(context) : NoteAsync(context, next, log, clock));
        app.MapGet(Path, Read);
        app.MapDelete(Path, Forget);
    }

    private static bool IsOwn(PathString path) => path == Path || path == "/health";

    private static async Task NoteAsync(HttpContext context, RequestDelegate next, SeenLog log, TimeProvider clock)
    {
        var seen = SeenReader.Read(context, clock.GetUtcNow());
        log.Add(seen);
        var hasLeft = false;
        try
        {
            await next(context);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // The caller went away in the middle: nothing went wrong here.
            hasLeft = true;
            context.Abort();
        }
        finally
        {
            seen.Status = context.Response.StatusCode;
            seen.Aborted = hasLeft || context.RequestAborted.IsCancellationRequested;
        }
    }

    private static IResult Read(SeenLog log, string? key)
    {
        var (total, requests) = log.Read();
        var wanted = requests.Where(request => key is null || request.Keys.Any(seen => seen.Key == key));
        return Results.Ok(new { total, requests = wanted });
    }

    private static IResult Forget(SeenLog log)
    {
        log.Clear();
        return Results.NoContent();
    }
}
