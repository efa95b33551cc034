using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Sentinel.Core.Credentials;

/// <summary>The percent-encoding of a query, decoded once and strictly.</summary>
internal static class PercentCode
{
    private const int StackLimit = 256;

    /// <summary>Decodes a text; one without escapes is given back as it is.</summary>
    /// <returns>Whether every escape is whole and all of them together are UTF-8 without control characters.</returns>
    public static bool TryDecode(ReadOnlySpan<char> raw, out ReadOnlySpan<char> decoded)
    {
        decoded = raw;
        if (!raw.ContainsAny('%', '+'))
        {
            return true;
        }

        Span<byte> bytes = raw.Length <= StackLimit ? stackalloc byte[StackLimit] : new byte[raw.Length];
        if (!TryDecodeBytes(raw, bytes, out var written) || !Utf8.IsValid(bytes[..written]))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes[..written]);
        decoded = text;
        return !text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.Contains('\x7f');
    }

    private static bool TryDecodeBytes(ReadOnlySpan<char> raw, Span<byte> bytes, out int written)
    {
        written = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            var current = raw[at];
            if (current == '%')
            {
                var digits = raw[(at + 1)..Math.Min(at + 3, raw.Length)];
                if (digits.Length < 2
                    || Convert.FromHexString(digits, bytes[written..], out _, out _) != OperationStatus.Done)
                {
                    return false;
                }

                (at, written) = (at + 2, written + 1);
                continue;
            }

            if (!char.IsAscii(current))
            {
                return false;
            }

            bytes[written++] = current == '+' ? (byte)' ' : (byte)current;
        }

        return true;
    }
}
