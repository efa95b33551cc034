using System.Buffers;

namespace Sentinel.Core.Credentials;

/// <summary>
/// Finds what all spellings of a key have in common. New API and One API cut a key before they look it up, so that
/// <c>sk-ABC</c>, <c>ABC</c> and <c>sk-ABC-7</c> are one key to them, and must be one to us.
/// </summary>
internal static class KeyCanon
{
    private const string Prefix = "sk-";
    private const int GeneratedLength = 48;
    private const int MinLength = 16;
    private const int MaxLength = 128;

    private static readonly SearchValues<char> _alphanumerics =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <returns>Whether the key has the profile's shape; its canonical part is then the one to hash.</returns>
    public static bool TryFind(ReadOnlySpan<char> key, Profile profile, out ReadOnlySpan<char> canonical)
    {
        canonical = key;
        if (profile.Shape == KeyShape.Whole)
        {
            return true;
        }

        var body = key.StartsWith(Prefix, profile.Comparison) ? key[Prefix.Length..] : key;
        var dash = body.IndexOf('-');
        var core = dash < 0 ? body : body[..dash];
        var isAlphanumeric = !core.ContainsAnyExcept(_alphanumerics);
        if (profile.Shape == KeyShape.OneApiIf48 && !(isAlphanumeric && core.Length == GeneratedLength))
        {
            return true;
        }

        canonical = core;
        var hasChannel = dash < 0 || IsChannel(body[(dash + 1)..]);
        return hasChannel && isAlphanumeric && core.Length is >= MinLength and <= MaxLength;
    }

    private static bool IsChannel(ReadOnlySpan<char> suffix) =>
        !suffix.IsEmpty && !suffix.ContainsAnyExceptInRange('0', '9');
}
