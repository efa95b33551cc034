namespace Example.Downstream.Plain;

/// <summary>An answer of any size, which nobody has to hold.</summary>
internal static class Bytes
{
    private static readonly byte[] Piece = new byte[64 * 1024];

    public static void MapBytes(this WebApplication app) => app.MapGet("/bytes/{count:long}", Answer);

    private static async Task Answer(HttpContext context, long count)
    {
        context.Response.ContentType = "application/octet-stream";
        for (var left = count; left > 0; left -= Piece.Length)
        {
            var piece = Piece.AsMemory(0, (int)Math.Min(left, Piece.Length));
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
    }
}
