using System.Text;
using Microsoft.Net.Http.Headers;
using Sentinel.Core.Forwarding;

namespace Sentinel.Proxy.Forwarding;

/// <summary>
/// Reads <c>Connection</c>. Kestrel shows <c>close</c> alone where a client sent <c>close, X-Real-IP</c>, so that
/// nobody could refuse it. A value that names what has no business there is read with two options before it that no
/// client means at once: such a value Kestrel leaves as it is.
/// </summary>
internal sealed class ConnectionEncoding : Encoding
{
    private const string Contradiction = "keep-alive, close, ";

    private static readonly ConnectionEncoding _instance = new();

    /// <summary>How Kestrel reads the value of a header; null for its own way.</summary>
    public static Encoding? For(string name) =>
        name.Equals(HeaderNames.Connection, StringComparison.OrdinalIgnoreCase) ? _instance : null;

    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Read(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount + Contradiction.Length;

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Latin1.GetMaxByteCount(charCount);

    private static string Read(ReadOnlySpan<byte> bytes)
    {
        var text = Latin1.GetString(bytes);
        return SensitiveHeaders.AreNamedIn(text) ? Contradiction + text : text;
    }
}
