using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;

namespace Sentinel.AdminApi.Intercepts;

internal static class LogExportEndpoint
{
    public static void MapLogExport(this IEndpointRouteBuilder logs) =>
        logs.MapGet("/export", Export).WithName("ExportLogs");

    private static Results<PushStreamHttpResult, ValidationProblem> Export(
        [AsParameters] LogListRequest request, string? format, LogExport export, HttpContext context)
    {
        var errors = new FieldErrors();
        var filter = request.Read(errors);
        errors.Check(format is null or "csv" or "ndjson", "format", "One of csv, ndjson.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var cancellationToken = context.RequestAborted;
        return format == "ndjson"
            ? TypedResults.Stream(
                output => export.WriteNdjsonAsync(filter, output, cancellationToken),
                "application/x-ndjson",
                "intercepts.ndjson")
            : TypedResults.Stream(
                output => export.WriteCsvAsync(filter, output, cancellationToken),
                "text/csv; charset=utf-8",
                "intercepts.csv");
    }
}
