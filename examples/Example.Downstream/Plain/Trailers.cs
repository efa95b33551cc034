namespace Example.Downstream.Plain;

/// <summary>An answer whose end carries headers: the length and hash of the body that came with the request.</summary>
internal static class Trailers
{
    public static void MapTrailers(this WebApplication app) => app.MapPost("/trailers", Answer);

    private static async Task Answer(HttpContext context)
    {
        var response = context.Response;
        if (!response.SupportsTrailers())
        {
            // Kestrel writes trailers in HTTP/2 only: Kestrel__Endpoints__H2c__Url and __Protocols=Http2 open a port.
            response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        response.DeclareTrailer("x-body-bytes");
        response.DeclareTrailer("x-body-sha256");
        await response.WriteAsync("The trailers tell.", context.RequestAborted);
        var body = await ReceivedBody.ReadAsync(context.Request);
        response.AppendTrailer("x-body-bytes", $"{body.Bytes}");
        response.AppendTrailer("x-body-sha256", body.Sha256);
    }
}
