using System.Diagnostics;
using System.Net;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions;

namespace Sentinel.Proxy.Forwarding;

/// <summary>
/// A first use while downstream has the word: its status line makes the claim a binding, or withdraws it. The client
/// reads on meanwhile; only the end of its answer waits for the verdict, and not for long.
/// </summary>
internal sealed class Probation(GateRequest request, Claim claim, FirstUses firstUses)
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(1);

    private Task? _settled;

    /// <summary>Downstream's status line and headers are there.</summary>
    public Task HearAsync(HttpResponseMessage response)
    {
        _settled = Accepts(response) ? PromoteAsync() : firstUses.LeaveAsync(claim);
        return HasKnownEnd(response) ? WaitAsync(_settled) : Task.CompletedTask;
    }

    /// <summary>The exchange is over, perhaps without an answer.</summary>
    public Task EndAsync() => WaitAsync(_settled ??= firstUses.LeaveAsync(claim));

    /// <summary>
    /// A page is no answer of an API: some services greet every unknown path with one. Its type is read as it came:
    /// .NET knows none in <c>text/html;</c>, and a browser shows a page.
    /// </summary>
    private static bool Accepts(HttpResponseMessage response)
    {
        var isPage = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types)
            && types.Any(type => type.TrimStart().StartsWith("text/html", StringComparison.OrdinalIgnoreCase));
        return (int)response.StatusCode is (>= 200 and < 300) or 304 or 101 && !isPage;
    }

    /// <summary>Such an answer ends with its last byte, so that nothing could wait behind it.</summary>
    private static bool HasKnownEnd(HttpResponseMessage response) =>
        response.StatusCode is not HttpStatusCode.SwitchingProtocols
        && (response.Content.Headers.ContentLength is not null
            || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified
            || response.RequestMessage?.Method == HttpMethod.Head);

    private static async Task WaitAsync(Task settled)
    {
        try
        {
            await settled.WaitAsync(_longestWait);
        }
        catch (TimeoutException)
        {
            // PostgreSQL is slow or away. What downstream accepted is stored as soon as it answers.
        }
    }

    private async Task PromoteAsync()
    {
        Activity.Current = request.Span;
        try
        {
            var result = await firstUses.PromoteAsync(claim);
            request.Binding = result.Current;
            request.HasBound = result.Held;
            if (!result.Held)
            {
                Lose();
            }
        }
        finally
        {
            await firstUses.LeaveAsync(claim);
        }
    }

    /// <summary>Another network has won meanwhile: what is still under way must not reach the loser.</summary>
    private void Lose()
    {
        request.Refuse(DenyReason.AddressMismatch);
        if (request.Reason is not null)
        {
            request.Context.Abort();
        }
    }
}
