using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Sentinel.Storage;

namespace Sentinel.AdminApi.Problems;

/// <summary>
/// Turns what a request provoked into a problem: a body that cannot be read, a store that does not answer.
/// </summary>
internal sealed class ProblemHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ProblemOf(exception) is not { } problem)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = "5";
        }

        return problems.TryWriteAsync(
            new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails? ProblemOf(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException { Path: { } path } } => Misread(path),
        BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode },
        UnstorableTextException => new ProblemDetails
        {
            Status = StatusCodes.Status400BadRequest,
            Detail = "A text holds a character that cannot be kept.",
        },
        StoreUnavailableException => new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Detail = "PostgreSQL does not answer. Nothing was changed.",
        },
        _ => null,
    };

    private static HttpValidationProblemDetails Misread(string path)
    {
        var field = path.TrimStart('$', '.');
        return new HttpValidationProblemDetails(new Dictionary<string, string[]>
        {
            [field.Length == 0 ? "body" : field] = ["This cannot be read."],
        })
        {
            Status = StatusCodes.Status400BadRequest,
        };
    }
}
