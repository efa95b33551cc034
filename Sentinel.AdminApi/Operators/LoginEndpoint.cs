using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

internal static partial class LoginEndpoint
{
    private const int MaxLength = 256;

    public static void MapLogin(this IEndpointRouteBuilder api) =>
        api.MapPost("/login", Login).WithName("Login").AllowAnonymous();

    private static async Task<Results<Ok<LoginResponse>, ValidationProblem, ProblemHttpResult>> Login(
        LoginRequest request,
        HttpContext context,
        UserQueries users,
        Passwords passwords,
        Lockout lockout,
        TokenIssuer tokens,
        ILogger<Program> logger,
        CancellationToken cancellationToken)
    {
        var errors = Validate(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (context.Caller() is not { } caller)
        {
            return TypedResults.Problem(DenyReason.CallerUnknown.Message, statusCode: DenyReason.CallerUnknown.Status);
        }

        var attempt = await lockout.BeginAsync(request.Username, caller, cancellationToken);
        if (attempt.RetryAfter is { } wait)
        {
            Log.LockedOut(logger, caller);
            return context.LockedOut(wait);
        }

        var claimed = await users.FindAsync(request.Username, cancellationToken);
        var isRight = await passwords.VerifyAsync(claimed, request.Password, cancellationToken);
        if (!isRight || claimed is not { IsDisabled: false })
        {
            Log.Failed(logger, caller);
            return TypedResults.Problem("The username or the password is wrong.", statusCode: 401);
        }

        await lockout.SucceedAsync(attempt, cancellationToken);
        Log.SignedIn(logger, claimed.Username, caller);
        return TypedResults.Ok(await tokens.IssueAsync(claimed, cancellationToken));
    }

    /// <summary>Says how long to wait after too many failures.</summary>
    public static ProblemHttpResult LockedOut(this HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem("Too many failures. Try again later.", statusCode: 429);
    }

    private static FieldErrors Validate(LoginRequest request)
    {
        var errors = new FieldErrors();
        errors.Check(!string.IsNullOrEmpty(request.Username), "username", "The username is missing.");
        errors.Check(!string.IsNullOrEmpty(request.Password), "password", "The password is missing.");
        errors.Check(request.Username?.Length <= MaxLength, "username", "The username is too long.");
        errors.Check(request.Password?.Length <= MaxLength, "password", "The password is too long.");
        return errors;
    }

    // What was typed as a name is not logged: it is a password often enough.
    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Operator {Operator} signed in from {Caller}.")]
        public static partial void SignedIn(ILogger logger, string @operator, ClientAddress caller);

        [LoggerMessage(LogLevel.Warning, "A sign-in from {Caller} failed.")]
        public static partial void Failed(ILogger logger, ClientAddress caller);

        [LoggerMessage(LogLevel.Warning, "A sign-in from {Caller} was refused after too many failures.")]
        public static partial void LockedOut(ILogger logger, ClientAddress caller);
    }
}
