using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>Sends a request byte for byte, as no client library would.</summary>
internal static class Thief
{
    private const string Handshake = "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13"
        + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>Sends a request and tells how it was answered.</summary>
    /// <param name="proxy">Whom to send it to.</param>
    /// <param name="request">Method and target, then the headers, parted by <c>|</c>.</param>
    /// <param name="from">The address of the loopback to come from.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Status and reason; the reason is empty where Sentinel gave none.</returns>
    public static async Task<string> TryAsync(
        Uri proxy, string request, IPAddress from, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, proxy.Port), cancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Bytes(request), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var status = (await reader.ReadLineAsync(cancellationToken))?.Split(' ')[1];
        var reason = "";
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            const string header = "x-sentinel-reason: ";
            reason = line.StartsWith(header, StringComparison.Ordinal) ? line[header.Length..] : reason;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{status} {reason}").TrimEnd();
    }

    /// <summary>Puts a key, in the spellings that the tables name, into a row.</summary>
    public static string Dress(string row, string key) => row
        .Replace("<key>", key, StringComparison.Ordinal)
        .Replace("<bare>", key[3..], StringComparison.Ordinal)
        .Replace("<upper>", key.ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("<ws>", Handshake, StringComparison.Ordinal);

    private static byte[] Bytes(string request)
    {
        var lines = request.Split('|');
        var version = lines[0].Contains(" HTTP/", StringComparison.Ordinal) ? "" : " HTTP/1.1";
        return Encoding.Latin1.GetBytes(
            string.Join("\r\n", [lines[0] + version, "Host: gateway.test", .. lines[1..], "", ""]));
    }
}
