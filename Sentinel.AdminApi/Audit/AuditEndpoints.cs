using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Audit;

internal static class AuditEndpoints
{
    private const int PageSize = 100;

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("", List).WithName("ListAudit");
        audit.MapGet("/verify", Verify).WithName("VerifyAudit");
    }

    private static async Task<Results<Ok<AuditPage>, ValidationProblem>> List(
        string? cursor, string? actor, string? action, AuditQueries audit, CancellationToken cancellationToken)
    {
        long before = 0;
        var errors = new FieldErrors();
        errors.Check(
            string.IsNullOrEmpty(cursor)
            || long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before),
            "cursor",
            "Not one of ours.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await audit.ListAsync(
            string.IsNullOrEmpty(cursor) ? null : before,
            NullIfEmpty(actor),
            NullIfEmpty(action),
            PageSize + 1,
            cancellationToken);
        return TypedResults.Ok(found.Count <= PageSize
            ? new AuditPage(found, Next: null)
            : new AuditPage([.. found.Take(PageSize)], found[PageSize - 1].Id));
    }

    private static async Task<Ok<AuditVerdict>> Verify(AuditQueries audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audit.VerifyAsync(cancellationToken));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
