namespace Example.Downstream.Plain;

/// <summary>The least that can be answered, to measure what stands in front. The log of keys misses it.</summary>
internal static class Bench
{
    private static readonly byte[] Body = "0123456789abcdefghij"u8.ToArray();

    private static readonly byte[] Answer = [.. Enumerable.Repeat(Body, 10).SelectMany(part => part)];

    public static void UseBench(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path != "/bench")
        {
            return next(context);
        }

        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = Answer.Length;
        return context.Response.Body.WriteAsync(Answer).AsTask();
    });
}
