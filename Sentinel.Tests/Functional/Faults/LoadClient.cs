using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Sentinel.Tests.Functional.Faults;

/// <summary>Somebody who uses keys from an address of the loopback, which nothing in between could forge.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly IPAddress _address;
    private readonly Func<string> _key;
    private readonly string _script;
    private readonly HttpClient _http;

    /// <param name="address">Where he comes from.</param>
    /// <param name="key">The key of his next request.</param>
    /// <param name="script">How downstream is to answer him.</param>
    public LoadClient(string address, Func<string> key, string script = "")
    {
        (_address, _key, _script) = (IPAddress.Parse(address), key, script);
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync });
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Sends so many requests, one after the other, to each replica in turn.</summary>
    public async Task RunAsync(IReadOnlyList<Uri> replicas, int requests, params LoadTally[] tallies)
    {
        for (var i = 0; i < requests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(replicas[i % replicas.Count], "/a"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key());
            request.Headers.Add("x-script", _script);
            using var answer = await _http.SendAsync(request, Cancelled);
            var reason = answer.Headers.TryGetValues("x-sentinel-reason", out var values) ? values.Single() : "";
            Array.ForEach(tallies, tally => tally.Add(_address, answer.StatusCode, reason));
        }
    }

    /// <summary>Opens a WebSocket that sends everything back.</summary>
    public async Task<ClientWebSocket> OpenAsync(Uri replica)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_key()}");
        await socket.ConnectAsync(new UriBuilder(replica) { Scheme = "ws", Path = "/ws/echo" }.Uri, _http, Cancelled);
        return socket;
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancelled)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(_address, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancelled);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
