using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Intercepts;
using Sentinel.AdminApi.Operators;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Alerts;

internal static class AlertEndpoints
{
    private const int PageSize = 100;

    private static readonly string[] _states = ["pending", "delivered", "failed", "skipped"];

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapPost("/test", Test).WithName("TestAlert").For(Role.Operator);
        alerts.MapGet("/deliveries", List).WithName("ListDeliveries");
        alerts.MapPost("/deliveries/{id:guid}/replay", Replay).WithName("ReplayDelivery").For(Role.Operator);
    }

    private static async Task<Results<Ok<Delivery>, ProblemHttpResult>> Test(
        Deliverer deliverer, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var caller = context.Caller()?.ToString();
        var alert = new AlertEvent(
            Guid.CreateVersion7(now), "test", now, "…", null, [], caller, "test", 1, WindowSeconds: 0, Observed: false);
        return await deliverer.DeliverAsync(alert, context.Actor(), cancellationToken) is { } delivery
            ? TypedResults.Ok(delivery)
            : TypedResults.Problem(
                "No webhook is set, so alerts go nowhere. Set alertWebhook in the settings.",
                statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<DeliveryPage>, ValidationProblem>> List(
        string? state, string? cursor, Outbox outbox, CancellationToken cancellationToken)
    {
        var after = default(InterceptPosition);
        var errors = new FieldErrors();
        errors.Check(
            string.IsNullOrEmpty(state) || _states.Contains(state), "state", $"One of {string.Join(", ", _states)}.");
        errors.Check(
            string.IsNullOrEmpty(cursor) || LogListRequest.TryReadCursor(cursor, out after),
            "cursor",
            "Not one of ours.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        // One more than fits tells whether there is a next stretch.
        var found = await outbox.ListAsync(
            string.IsNullOrEmpty(state) ? null : state, after, PageSize + 1, cancellationToken);
        return TypedResults.Ok(found.Count <= PageSize
            ? new DeliveryPage(found, Next: null)
            : new DeliveryPage(
                [.. found.Take(PageSize)],
                LogListRequest.CursorAfter(found[PageSize - 1].CreatedAt, found[PageSize - 1].Id)));
    }

    private static async Task<Results<Accepted<Delivery>, NotFound, ProblemHttpResult>> Replay(
        Guid id, Outbox outbox, HttpContext context, CancellationToken cancellationToken)
    {
        if (await outbox.ReplayAsync(id, context.Actor(), cancellationToken) is { } replayed)
        {
            return TypedResults.Accepted((string?)null, replayed);
        }

        return await outbox.FindAsync(id, cancellationToken) is null
            ? TypedResults.NotFound()
            : TypedResults.Problem(
                "The alert is on its way already.", statusCode: StatusCodes.Status409Conflict);
    }
}
