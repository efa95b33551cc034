using System.Buffers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Core.Forwarding;

/// <summary>
/// Finds requests that two servers could read as two different ones: what we check must be what downstream acts on.
/// Give it every header once, then let it conclude.
/// </summary>
public struct RequestHygiene
{
    /// <summary>The methods that are forwarded.</summary>
    public const string AllowedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private static readonly SearchValues<char> _controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x80).Select(code => (char)code).Where(code => char.IsControl(code) && code != '\t')]);

    private bool _isMalformed;
    private bool _hasTransferEncoding;
    private bool _hasLength;

    /// <summary>
    /// CONNECT and TRACE would go around the gate; of a method that we do not know we know no meaning.
    /// </summary>
    /// <param name="method">As it was sent: methods have a case.</param>
    /// <param name="isWebSocket">Whether this is a WebSocket's handshake, over HTTP/2 a CONNECT (RFC 8441).</param>
    public static DenyReason? CheckMethod(string method, bool isWebSocket) => method switch
    {
        "GET" or "POST" or "OPTIONS" or "HEAD" or "PUT" or "DELETE" or "PATCH" => null,
        "CONNECT" when isWebSocket => null,
        _ => DenyReason.MethodNotAllowed,
    };

    public static bool HasControlCharacters(string? text) => text.AsSpan().ContainsAny(_controls);

    /// <summary>The carriers among the headers, whatever they hold.</summary>
    public Carriers Carriers { get; private set; }

    /// <summary>Whether a header claims an address, a method or a target.</summary>
    public bool HasClaims { get; private set; }

    public void Add(string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Carriers |= SensitiveHeaders.CarrierOf(name);
        HasClaims |= SensitiveHeaders.IsClaim(name);
        _isMalformed |= SensitiveHeaders.IsDisguised(name) || HasControlCharacters(value);
        switch (name.Length)
        {
            case 7 when Is(name, "Trailer"):
            case 10 when Is(name, "Connection"):
                _isMalformed |= SensitiveHeaders.AreNamedIn(value);
                break;
            case 14 when Is(name, "Content-Length"):
            case 16 when Is(name, "X-Content-Length"):
                _hasLength = true;
                break;
            case 17 when Is(name, "Transfer-Encoding"):
                _hasTransferEncoding = true;
                break;
        }
    }

    /// <summary>
    /// Kestrel answers a request with two lengths, but renames <c>Content-Length</c> to <c>X-Content-Length</c>: by
    /// that pair it is recognised.
    /// </summary>
    public readonly DenyReason? Conclude() =>
        _isMalformed || (_hasTransferEncoding && _hasLength) ? DenyReason.BadRequest : null;

    private static bool Is(string name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
