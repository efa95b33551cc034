using System.Diagnostics;
using System.Net;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed;

/// <summary>Every bind and every intercept can be followed in the dashboard from the request to the stores.</summary>
[Collection(nameof(Installation))]
public sealed class TraceTests(Installation installation) : IAsyncDisposable
{
    private readonly Telemetry _telemetry = new(installation);

    [Fact]
    public async Task A_bind_leaves_a_whole_trace()
    {
        using var owner = installation.ClientFrom("203.0.113.11");

        using var response = await owner.UseKeyAsync(The.Key);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var gate = await WholeTraceAsync(response.Trace());
        Assert.Equal("bind", gate["sentinel.decision"]);
        Assert.Null(gate["sentinel.reason"]);
    }

    [Fact]
    public async Task An_intercept_of_a_key_that_the_replica_did_not_know_leaves_a_whole_trace()
    {
        const string address = "203.0.113.12";
        var key = The.Key;
        using var owner = installation.ClientFrom(address);
        using var first = await owner.UseKeyAsync(key);
        await using var redis = await RedisConnection.OpenAsync(installation.Redis);
        var fingerprint = (await installation.BindingOfAsync(address)).Fingerprint;
        _ = await redis.Database.KeyDeleteAsync($"sentinel:binding:{fingerprint}");
        using var thief = installation.ClientFrom("198.51.100.12", "proxy-2");

        using var refusal = await thief.UseKeyAsync(key);

        Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
        var gate = await WholeTraceAsync(refusal.Trace());
        Assert.Equal("intercept", gate["sentinel.decision"]);
        Assert.Equal("address_mismatch", gate["sentinel.reason"]);
    }

    public ValueTask DisposeAsync()
    {
        _telemetry.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>HTTP server span → gate → trips to PostgreSQL and Redis; returns the gate's span.</summary>
    private async Task<Span> WholeTraceAsync(ActivityTraceId trace)
    {
        Span? gate = null;
        await Eventually.Succeeds(async () =>
        {
            var spans = await _telemetry.SpansOfAsync(trace);
            var server = Assert.Single(spans, span => span is { Scope: "Microsoft.AspNetCore", Kind: Span.Server });
            gate = Assert.Single(spans, span => span.Name == "sentinel.gate");
            Assert.Equal(server.Id, gate.Parent);
            Assert.Contains(spans, span => span.Parent == gate.Id && span["db.system.name"] == "postgresql");
            Assert.Contains(spans, span => span.Parent == gate.Id && span["db.system.name"] == "redis");
        });

        Assert.StartsWith("sk-…", gate!["sentinel.key.hint"], StringComparison.Ordinal);
        return gate;
    }
}
