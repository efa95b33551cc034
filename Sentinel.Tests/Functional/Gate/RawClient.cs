using System.Net.Sockets;
using System.Text;
using Sentinel.Core.Callers;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A client that says, byte for byte, what no library would say.</summary>
public sealed class RawClient(ProxyApp proxy) : IDisposable
{
    private readonly TcpClient _client = new("127.0.0.1", proxy.Client.BaseAddress!.Port);

    private StreamReader? _reader;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A request line and headers with a key and an address; further ones are separated by |.</summary>
    public Task SendHeadAsync(string request, string key, ClientAddress caller)
    {
        var hangsUp = request.Contains("|Connection: ", StringComparison.Ordinal) ? [] : new[] { "Connection: close" };
        string[] lines =
        [
            request.Split('|')[0] + " HTTP/1.1", "Host: a", .. hangsUp, $"Authorization: Bearer {key}",
            $"X-Real-IP: {caller}", .. request.Split('|')[1..], "", "",
        ];
        return SendAsync(string.Join("\r\n", lines));
    }

    public Task SendAsync(string text) =>
        _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Cancelled).AsTask();

    /// <summary>The next line; null when the server has hung up.</summary>
    public async Task<string?> ReadLineAsync()
    {
        _reader ??= new StreamReader(_client.GetStream(), Encoding.Latin1);
        return await _reader.ReadLineAsync(Cancelled);
    }

    /// <summary>All lines until the server hangs up.</summary>
    public async Task<string> ReadAnswerAsync()
    {
        var answer = new StringBuilder();
        while (await ReadLineAsync() is { } line)
        {
            answer.Append(line).Append('\n');
        }

        return answer.ToString();
    }

    /// <summary>The first line that begins so, which a JSON body does with a brace.</summary>
    public async Task<string> ReadToLineAsync(char beginning)
    {
        while (await ReadLineAsync() is { } line)
        {
            if (line.StartsWith(beginning))
            {
                return line;
            }
        }

        throw new EndOfStreamException();
    }

    public void Dispose() => _client.Dispose();
}
