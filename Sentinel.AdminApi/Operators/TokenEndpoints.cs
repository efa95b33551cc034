using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

internal static class TokenEndpoints
{
    private const int MaxDays = 366;

    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("Operators").For(Role.Viewer);
        tokens.MapGet("", List).WithName("ListTokens");
        tokens.MapGet("/{id:guid}", Get).WithName("GetToken");
        tokens.MapPost("", Create).WithName("CreateToken");
        tokens.MapDelete("/{id:guid}", Revoke).WithName("RevokeToken");
    }

    private static async Task<Ok<TokenList>> List(
        TokenQueries tokens, HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TokenList(await tokens.ListAsync(Owner(context), cancellationToken)));

    private static async Task<Results<Ok<TokenItem>, NotFound>> Get(
        Guid id, TokenQueries tokens, HttpContext context, CancellationToken cancellationToken) =>
        await tokens.FindAsync(id, Owner(context), cancellationToken) is { } token
            ? TypedResults.Ok(token)
            : TypedResults.NotFound();

    private static async Task<Results<Created<MadeToken>, ValidationProblem, ProblemHttpResult>> Create(
        NewToken request,
        TokenQueries tokens,
        HttpContext context,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var asker = context.SignedIn();
        var errors = Validate(request, asker);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (asker.Session is null)
        {
            return TypedResults.Problem(
                "A token makes no tokens, else none would ever expire. Sign in.",
                statusCode: StatusCodes.Status409Conflict);
        }

        var token = ScriptTokens.New();
        var expiresAt = clock.GetUtcNow().AddDays(request.Days);
        var made = await tokens.CreateAsync(
            asker.User.Id, request, ScriptTokens.Hash(token), expiresAt, context.Actor(), cancellationToken);
        return made is not null
            ? TypedResults.Created($"/admin/api/tokens/{made.Id}", new MadeToken(token, made))
            : TypedResults.Problem("You have a token of that name.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<Results<NoContent, NotFound>> Revoke(
        Guid id, TokenQueries tokens, HttpContext context, CancellationToken cancellationToken) =>
        await tokens.RevokeAsync(id, Owner(context), context.Actor(), cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static FieldErrors Validate(NewToken request, SignedIn asker)
    {
        var errors = new FieldErrors();
        OperatorNames.Check(request.Name, "name", errors);
        errors.Check(
            Roles.TryParse(request.Role, out var role), "role", $"One of {string.Join(", ", Roles.Names)}.");
        errors.Check(role <= asker.Role, "role", "Not more than you may do yourself.");
        errors.Check(request.Days is >= 1 and <= MaxDays, "days", $"A number from 1 to {MaxDays}.");
        return errors;
    }

    /// <summary>Whose tokens somebody deals with: an admin with all of them, others with their own.</summary>
    private static Guid? Owner(HttpContext context) =>
        context.SignedIn() is { Role: Role.Admin } ? null : context.SignedIn().User.Id;
}
