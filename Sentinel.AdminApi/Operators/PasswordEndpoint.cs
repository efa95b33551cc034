using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

internal static class PasswordEndpoint
{
    public static void MapPassword(this IEndpointRouteBuilder api) =>
        api.MapPost("/password", Change).WithName("ChangePassword").WithTags("Operators").For(Role.Viewer);

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Change(
        PasswordRequest request,
        HttpContext context,
        UserQueries users,
        UserChanges changes,
        Passwords passwords,
        Lockout lockout,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Check(!string.IsNullOrEmpty(request.Current), "current", "The password until now is missing.");
        Passwords.Check(request.Next, "next", errors);
        errors.Check(request.Next != request.Current, "next", "This is the password until now.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var asker = context.SignedIn();
        if (asker.Session is not { } session || context.Caller() is not { } caller)
        {
            return TypedResults.Problem("Sign in to change a password.", statusCode: StatusCodes.Status409Conflict);
        }

        // Whoever found an open console must not guess here what sign-in would not let him guess.
        var user = await users.FindAsync(asker.User.Username, cancellationToken);
        var attempt = await lockout.BeginAsync(asker.User.Username, caller, cancellationToken);
        if (attempt.RetryAfter is { } wait)
        {
            return context.LockedOut(wait);
        }

        if (!await passwords.VerifyAsync(user, request.Current, cancellationToken))
        {
            errors.Check(false, "current", "This is not the password until now.");
            return errors.ToProblem();
        }

        await lockout.SucceedAsync(attempt, cancellationToken);
        var hash = passwords.Hash(request.Next);
        return await changes.By(context.Actor()).SetPasswordAsync(user!, hash, session, cancellationToken) is not null
            ? TypedResults.NoContent()
            : TypedResults.Problem(
                "The password was changed meanwhile.", statusCode: StatusCodes.Status409Conflict);
    }
}
