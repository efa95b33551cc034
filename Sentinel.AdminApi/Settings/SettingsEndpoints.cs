using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Operators;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Settings;

namespace Sentinel.AdminApi.Settings;

internal static class SettingsEndpoints
{
    private const int HistoryLength = 100;

    public static void MapSettings(this IEndpointRouteBuilder api)
    {
        var settings = api.MapGroup("/settings").WithTags("Settings");
        settings.MapGet("", Get).WithName("GetSettings");
        settings.MapPut("", Put).WithName("ChangeSettings");
        settings.MapGet("/history", GetHistory).WithName("GetSettingsHistory");
        settings.MapPost("/restore", Restore).WithName("RestoreSettings");
    }

    private static async Task<Ok<SettingsDocument>> Get(
        SettingQueries settings, HttpContext context, CancellationToken cancellationToken) =>
        Document(await settings.CurrentAsync(cancellationToken), context);

    private static async Task<Results<Ok<SettingsDocument>, ValidationProblem, ProblemHttpResult>> Put(
        Dictionary<string, JsonElement> changes,
        SettingQueries settings,
        TrustedProxyCheck proxies,
        SettingSeal seal,
        LiveSettingsService live,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var current = await settings.CurrentAsync(cancellationToken);
        if (IsStale(context, current))
        {
            return Stale();
        }

        var errors = new FieldErrors();
        var values = SettingsForm.Apply(changes, current.Values, errors);
        if (!errors.Any)
        {
            proxies.Run(SettingsForm.TrustedProxies(values), errors);
            SettingsForm.Seal(values, changes.Keys, seal, errors);
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var next = await settings.ReplaceAsync(current.Version, values, context.Actor(), cancellationToken);
        if (next is null)
        {
            return Stale();
        }

        await live.FollowAsync(cancellationToken);
        return Document(next, context);
    }

    private static async Task<Ok<SettingsHistory>> GetHistory(
        SettingQueries settings, CancellationToken cancellationToken)
    {
        var states = await settings.HistoryAsync(HistoryLength + 1, cancellationToken);
        return TypedResults.Ok(new SettingsHistory([.. states.Zip(states.Skip(1), SettingsForm.Compare)]));
    }

    private static async Task<Results<Ok<SettingsDocument>, NotFound, ProblemHttpResult>> Restore(
        RestoreRequest request,
        SettingQueries settings,
        LiveSettingsService live,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var current = await settings.CurrentAsync(cancellationToken);
        if (IsStale(context, current))
        {
            return Stale();
        }

        if (await settings.FindAsync(request.Version, cancellationToken) is not { } earlier)
        {
            return TypedResults.NotFound();
        }

        var next = await settings.ReplaceAsync(current.Version, earlier.Values, context.Actor(), cancellationToken);
        if (next is null)
        {
            return Stale();
        }

        await live.FollowAsync(cancellationToken);
        return Document(next, context);
    }

    private static Ok<SettingsDocument> Document(SettingsState state, HttpContext context)
    {
        context.Response.Headers.ETag = TagOf(state);
        return TypedResults.Ok(new SettingsDocument(state.Version, SettingsForm.Items(state.Values)));
    }

    private static bool IsStale(HttpContext context, SettingsState current) =>
        context.Request.Headers.IfMatch is { Count: > 0 } lines
        && !lines.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Any(tag => tag == "*" || tag == TagOf(current));

    private static ProblemHttpResult Stale() => TypedResults.Problem(
        "Somebody else has changed the settings meanwhile. Read them again.",
        statusCode: StatusCodes.Status412PreconditionFailed);

    private static string TagOf(SettingsState state) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{state.Version}\"");
}
