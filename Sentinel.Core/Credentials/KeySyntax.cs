using System.Buffers;

namespace Sentinel.Core.Credentials;

/// <summary>
/// What all profiles agree on: how a key is taken out of a carrier's value, and what can be a key at all.
/// </summary>
internal static class KeySyntax
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 512;

    private const string Scheme = "Bearer";

    /// <summary>
    /// What clients of New API send in <c>Authorization</c> when the key stands in <c>mj-api-secret</c>.
    /// </summary>
    private const string Placeholder = "midjourney-proxy";

    private static readonly SearchValues<char> _keyCharacters = SearchValues.Create(
        "!#$%&()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Takes off surrounding blanks and one <c>Bearer</c>, in any case.</summary>
    /// <returns>Where the rest stands in <paramref name="value"/>.</returns>
    public static (int Start, int Length) Unwrap(ReadOnlySpan<char> value)
    {
        var start = 0;
        var rest = Trim(value, ref start);
        var hasScheme = rest.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && (rest.Length == Scheme.Length || IsBlank(rest[Scheme.Length]));
        if (hasScheme)
        {
            start += Scheme.Length;
            rest = Trim(rest[Scheme.Length..], ref start);
        }

        return (start, rest.Length);
    }

    public static bool IsNoCredential(ReadOnlySpan<char> key) => key.IsEmpty || key is Placeholder;

    /// <summary>
    /// Whether this can be a key: anything else is another scheme, several values in one, or made to be read
    /// differently downstream.
    /// </summary>
    public static bool IsKey(ReadOnlySpan<char> key) =>
        key.Length <= MaxLength && !key.ContainsAnyExcept(_keyCharacters);

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> value, ref int start)
    {
        var trimmed = value.TrimStart(" \t");
        start += value.Length - trimmed.Length;
        return trimmed.TrimEnd(" \t");
    }

    private static bool IsBlank(char character) => character is ' ' or '\t';
}
