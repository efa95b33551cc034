namespace Sentinel.AdminUi;

/// <summary>Places the console below <c>/admin/ui</c>, the same behind nginx and on its own port.</summary>
internal static class BasePath
{
    public const string Value = "/admin/ui";

    public static void UseBasePath(this WebApplication app)
    {
        app.UsePathBase(Value);
        app.Use(static (context, next) =>
        {
            var request = context.Request;
            var isOutside = !request.PathBase.HasValue && !request.Path.StartsWithSegments("/health");
            if (!isOutside && (!request.PathBase.HasValue || request.Path.HasValue))
            {
                return next(context);
            }

            if (request.Path.HasValue && request.Path != "/")
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            context.Response.Redirect($"{Value}/");
            return Task.CompletedTask;
        });
        app.UseRouting();
    }
}
