using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Operators").For(Role.Admin);
        users.MapGet("", List).WithName("ListUsers");
        users.MapGet("/{id:guid}", Get).WithName("GetUser");
        users.MapPost("", Create).WithName("CreateUser");
        users.MapPut("/{id:guid}", Change).WithName("ChangeUser");
        users.MapDelete("/{id:guid}", Remove).WithName("RemoveUser");
    }

    private static async Task<Ok<UserList>> List(UserQueries users, CancellationToken cancellationToken) =>
        TypedResults.Ok(new UserList(await users.ListAsync(cancellationToken)));

    private static async Task<Results<Ok<UserItem>, NotFound>> Get(
        Guid id, UserQueries users, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } user ? TypedResults.Ok(user) : TypedResults.NotFound();

    private static async Task<Results<Created<UserItem>, ValidationProblem, ProblemHttpResult>> Create(
        NewUser request,
        UserChanges changes,
        Passwords passwords,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        OperatorNames.Check(request.Username, "username", errors);
        Passwords.Check(request.Password, "password", errors);
        var role = ReadRole(request.Role, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var hash = passwords.Hash(request.Password);
        var user = await changes.By(context.Actor()).CreateAsync(request.Username, hash, role, cancellationToken);
        return user is not null
            ? TypedResults.Created($"/admin/api/users/{user.Id}", user)
            : TypedResults.Problem("The name is taken.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<UserItem>, NotFound, ValidationProblem, ProblemHttpResult>> Change(
        Guid id,
        UserChange request,
        UserQueries users,
        UserChanges changes,
        Passwords passwords,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        Role? role = request.Role is null ? null : ReadRole(request.Role, errors);
        if (request.Password is not null)
        {
            Passwords.Check(request.Password, "password", errors);
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var hash = request.Password is null ? null : passwords.Hash(request.Password);
        var changed = await changes.By(context.Actor())
            .ChangeAsync(id, role, request.IsDisabled, hash, cancellationToken);
        if (changed is not null)
        {
            return TypedResults.Ok(changed);
        }

        return await users.FindAsync(id, cancellationToken) is null ? TypedResults.NotFound() : LastAdmin();
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Remove(
        Guid id,
        UserQueries users,
        UserChanges changes,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (await changes.By(context.Actor()).RemoveAsync(id, cancellationToken) is not null)
        {
            return TypedResults.NoContent();
        }

        return await users.FindAsync(id, cancellationToken) is null ? TypedResults.NotFound() : LastAdmin();
    }

    private static Role ReadRole(string? name, FieldErrors errors)
    {
        errors.Check(Roles.TryParse(name, out var role), "role", $"One of {string.Join(", ", Roles.Names)}.");
        return role;
    }

    private static ProblemHttpResult LastAdmin() => TypedResults.Problem(
        "Nobody else is an admin. Make somebody else one first.", statusCode: StatusCodes.Status409Conflict);
}
