using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;

namespace Sentinel.Tests.Support;

/// <summary>Expects an answer of the admin API to be a problem as RFC 9457 has it.</summary>
public static class Problems
{
    public static async Task<Problem> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<Problem>(TestContext.Current.CancellationToken);
        Assert.Equal((int)status, problem!.Status);
        return problem;
    }

    /// <summary>Expects the request to be refused for these fields and no others.</summary>
    public static async Task IsRefusedForAsync(this HttpResponseMessage answer, params string[] fields)
    {
        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(fields, problem.Errors!.Keys.Order());
    }
}
