using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Operators;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Secrets;

/// <summary>Which secrets name keys, and the end of those that name none any more. Never a secret itself.</summary>
internal static class SecretEndpoints
{
    public static void MapSecrets(this IEndpointRouteBuilder api)
    {
        var secrets = api.MapGroup("/secrets").WithTags("Secrets").For(Role.Admin);
        secrets.MapGet("", List).WithName("ListSecrets");
        secrets.MapPost("/retire", Retire).WithName("RetireSecret");
    }

    private static async Task<Ok<IReadOnlyList<SecretItem>>> List(
        SecretStore secrets, CancellationToken cancellationToken) => TypedResults.Ok<IReadOnlyList<SecretItem>>(
        [
            .. (await secrets.CountAsync(cancellationToken)).Select(it => new SecretItem(
                it.Id, it.UsedSince, it.IsInUse, it.Bindings, it.Banned, it.Archived)),
        ]);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Retire(
        RetireSecret request, SecretStore secrets, HttpContext context, CancellationToken cancellationToken)
    {
        if (await secrets.RetireAsync(request.Id, request.Force, context.Actor(), cancellationToken))
        {
            return TypedResults.NoContent();
        }

        var uses = await secrets.CountAsync(cancellationToken);
        return uses.FirstOrDefault(use => use.Id == request.Id) is { } use
            ? TypedResults.Problem(WhyNot(use), statusCode: StatusCodes.Status409Conflict)
            : TypedResults.NotFound();
    }

    private static string WhyNot(SecretUse use) => use.IsInUse
        ? "The secret is in use."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{use.Bindings} bindings are named under it still, {use.Banned} banned and {use.Archived} archived: "
            + $"their keys would be unknown. Each moves when its key is used next.");
}
