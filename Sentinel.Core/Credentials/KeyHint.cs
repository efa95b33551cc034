namespace Sentinel.Core.Credentials;

/// <summary>
/// What a person may see of a key: a prefix from a public list and the last four characters, of long keys only. The
/// list is fixed, so that no part of a secret is ever taken for a prefix.
/// </summary>
public static class KeyHint
{
    /// <summary>The hint of a key that is too short to show anything of it.</summary>
    public const string Hidden = "…";

    private const int ShownTail = 4;
    private const int ShortestShownKey = 24;

    /// <summary>Longer prefixes stand before those that they begin with.</summary>
    private static readonly string[] _publicPrefixes =
    [
        "sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-", "sk-ant-", "sk-proj-", "sk-svcacct-", "sk-admin-",
        "sk-or-v1-", "sk-or-", "sk-", "AIza", "gsk_", "xai-", "pplx-", "nvapi-", "hf_", "r8_", "fw_", "tgp_v1_",
        "csk-", "jina_", "voyage-", "pa-", "ghp_", "github_pat_", "glpat-", "sentinel_",
    ];

    public static string Of(ReadOnlySpan<char> key)
    {
        if (key.Length < ShortestShownKey)
        {
            return Hidden;
        }

        var tail = key[^ShownTail..];
        foreach (var prefix in _publicPrefixes)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return string.Concat(prefix, Hidden, tail);
            }
        }

        return string.Concat(Hidden, tail);
    }
}
