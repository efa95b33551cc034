using System.Diagnostics;

namespace Example.Downstream.Plain;

/// <summary>A stream of events that say when they were sent, by the machine's clock in microseconds.</summary>
internal static class Ticks
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);

    public static void MapTicks(this WebApplication app) => app.MapGet("/ticks/{count:int}", Answer);

    private static async Task Answer(HttpContext context, int count)
    {
        context.Response.ContentType = "text/event-stream";
        using var pause = new PeriodicTimer(_pause);
        for (var tick = 0; tick < count && await pause.WaitForNextTickAsync(context.RequestAborted); tick++)
        {
            var now = Stopwatch.GetElapsedTime(0).TotalMicroseconds;
            await context.Response.WriteAsync($"data: {now:F0}\n\n", context.RequestAborted);
        }
    }
}
