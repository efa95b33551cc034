using Sentinel.Core.Decisions;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.RealClients;

/// <summary>The clients that people use, unchanged: here they call from loopback, which is its own network.</summary>
public sealed class RealClientsTests(GateWorld world) : IClassFixture<GateWorld>
{
    /// <summary>Who calls, what, and whether the client shows the body of a refusal.</summary>
    public static readonly TheoryData<string, string, bool> Calls = new()
    {
        { "openai.mjs", "chat", true },
        { "openai.mjs", "stream", true },
        { "openai.mjs", "responses", true },
        { "openai.mjs", "azure", true },
        { "openai.mjs", "realtime", false },
        { "anthropic.mjs", "chat", true },
        { "anthropic.mjs", "stream", true },
        { "ai-sdk.mjs", "chat", true },
        { "ai-sdk.mjs", "stream", true },
        { "genai.mjs", "chat", true },
        { "genai.mjs", "stream", true },
        { "genai.mjs", "live", false },
        { "OpenAI", "chat", true },
        { "OpenAI", "stream", true },
        { "Anthropic", "chat", true },
        { "Anthropic", "stream", true },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Uri Sentinel => world.Proxy.Client.BaseAddress!;

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_allowed_call_behaves_as_without_Sentinel(string client, string call, bool _)
    {
        var key = The.Key;

        var reports = await CallAsync(client, call, new(world.Downstream.Address, key), new(Sentinel, key));

        var (direct, through) = (reports[0], reports[1]);
        Assert.Null(through.Error);
        Assert.Equal(direct.Pieces.Select(piece => piece.Text), through.Pieces.Select(piece => piece.Text));
        Assert.Equal(direct.Attempts, through.Attempts);
        Assert.Equal(2, (await world.Downstream.SeenAsync(key, Cancelled)).Count);
        AssertNotHeldBack(through.Pieces);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_refused_call_shows_the_reason_and_is_tried_once(string client, string call, bool showsBody)
    {
        var key = The.Key;
        using var owner = await world.Proxy.SendAsync(key, The.Caller);

        var refused = Assert.Single(await CallAsync(client, call, new Target(Sentinel, key)));

        Assert.NotNull(refused.Error);
        Assert.Contains(
            showsBody ? DenyReason.AddressMismatch.Message : "403", refused.Error.Message, StringComparison.Ordinal);
        Assert.Equal(showsBody ? 403 : null, refused.Error.Status);
        Assert.Equal(showsBody ? 1 : 0, refused.Attempts);
        _ = Assert.Single(await world.Downstream.SeenAsync(key, Cancelled));
    }

    /// <summary>
    /// Downstream pauses 800 ms between pieces. Held back anywhere, they would come together; a client that has much to
    /// do is late with the first.
    /// </summary>
    private static void AssertNotHeldBack(IReadOnlyList<ClientPiece> pieces) =>
        Assert.InRange(pieces[^1].At - pieces[0].At, (pieces.Count - 1) * 200, long.MaxValue);

    private static async Task<ClientReport[]> CallAsync(string client, string call, params Target[] targets)
    {
        if (client.EndsWith(".mjs", StringComparison.Ordinal))
        {
            return await NodeClients.CallAsync(client, call, Cancelled, targets);
        }

        var reports = targets.Select(it => DotNetClients.CallAsync(client, call, it.Address, it.Key, Cancelled));
        return await Task.WhenAll(reports);
    }
}
