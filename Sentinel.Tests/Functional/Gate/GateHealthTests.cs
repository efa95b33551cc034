using System.Net;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

public sealed class GateHealthTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public Task Health_answers_without_a_key(string target) => Eventually.Succeeds(async () =>
        Assert.Equal("""{"status":"ok"}""", await world.Proxy.Client.GetStringAsync(target, Cancelled)));

    [Theory]
    [InlineData("/healthy")]
    [InlineData("/health/more")]
    [InlineData("/")]
    public async Task Everything_else_goes_through_the_gate(string target)
    {
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(The.Key, The.Caller, target: target));

        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("X-Real-IP", The.Caller.ToString());
        using var refused = await world.Proxy.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }
}
