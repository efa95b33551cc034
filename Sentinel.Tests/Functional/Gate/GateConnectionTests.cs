using System.Net;
using System.Net.Sockets;
using Sentinel.Core.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What a connection presented before decides nothing about what it presents now.</summary>
public sealed class GateConnectionTests(GateWorld world) : IClassFixture<GateWorld>
{
    private int _connections;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_of_a_connection_is_decided_by_its_own_key_and_address()
    {
        var (key, other) = (The.Key, The.Key);
        using var client = NewClient();

        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, key, The.Caller));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(client, key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, other, The.Stranger));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(client, other, The.Caller));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, key, The.Caller));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client, "", The.Caller));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, key.ToUpperInvariant(), The.Caller));

        Assert.Equal(1, _connections);
        Assert.Equal(4, await world.MentionsAsync(key));
        Assert.Equal(1, await world.MentionsAsync(other));
    }

    /// <summary>A client that has one connection and keeps it.</summary>
    private HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            ConnectCallback = async (context, cancellationToken) =>
            {
                _connections++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = world.Proxy.Client.BaseAddress };
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string key, ClientAddress caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/anything");
        Assert.True(request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}"));
        request.Headers.Add("X-Real-IP", caller.ToString());
        using var answer = await client.SendAsync(request, Cancelled);
        _ = await answer.Content.ReadAsByteArrayAsync(Cancelled);
        return answer.StatusCode;
    }
}
