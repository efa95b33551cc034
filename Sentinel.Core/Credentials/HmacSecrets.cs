using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sentinel.Core.Credentials;

/// <summary>How an operator writes down the secrets of the fingerprints: one in use, and others.</summary>
public static partial class HmacSecrets
{
    /// <summary>The id of a secret whose id nobody has set: the first one of an installation.</summary>
    public const short FirstId = 1;

    /// <summary>Reads the secrets. Ask <see cref="FindProblems"/> before.</summary>
    /// <param name="secret">The one in use.</param>
    /// <param name="id">Its id; 1 if it is not set.</param>
    /// <param name="accepted">The others, as <c>id:secret,id:secret</c>.</param>
    /// <returns>All of them, the one in use first.</returns>
    /// <exception cref="FormatException">They cannot be read; the message holds no part of them.</exception>
    public static IReadOnlyList<HmacSecret> Read(string secret, string? id, string? accepted)
    {
        var secrets = new List<HmacSecret>();
        var problems = Find(secret, id, accepted, secrets);
        return problems.Count == 0 ? secrets : throw new FormatException(string.Join(' ', problems));
    }

    /// <summary>Whether a secret can stand in the list of others.</summary>
    public static bool CanBeListed(string secret) => !Separator().IsMatch(secret) && secret == secret.Trim();

    /// <summary>All that is wrong with the secrets, in sentences for an operator that hold no part of them.</summary>
    public static IReadOnlyList<string> FindProblems(string secret, string? id, string? accepted) =>
        Find(secret, id, accepted, []);

    private static List<string> Find(string secret, string? id, string? accepted, List<HmacSecret> secrets)
    {
        var problems = new List<string>();
        Add(string.IsNullOrWhiteSpace(id) ? $"{FirstId}" : id, secret, "SENTINEL_HMAC_SECRET", secrets, problems);
        string[] others = string.IsNullOrWhiteSpace(accepted) ? [] : Separator().Split(accepted.Trim());
        for (var i = 0; i < others.Length; i++)
        {
            var (where, colon) = ($"Secret {i + 1} of SENTINEL_HMAC_SECRETS_ACCEPTED", others[i].IndexOf(':'));
            if (colon < 0)
            {
                problems.Add($"{where} is not of the form id:secret.");
                continue;
            }

            Add(others[i][..colon], others[i][(colon + 1)..], where, secrets, problems);
        }

        return problems;
    }

    /// <summary>A comma within a secret separates nothing, unless what follows it looks like another one.</summary>
    [GeneratedRegex(@"\s*,\s*(?=[0-9]+:)")]
    private static partial Regex Separator();

    private static void Add(string id, string text, string where, List<HmacSecret> secrets, List<string> problems)
    {
        var isNumber = short.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || number < FirstId)
        {
            problems.Add($"The id of {where} is not a number from {FirstId} to {short.MaxValue}.");
        }
        else if (secrets.Any(known => known.Id == number))
        {
            problems.Add($"{where} has the id {number} of another secret. A new secret has a new id.");
        }

        if (Encoding.UTF8.GetByteCount(text) < HmacSecret.MinLength)
        {
            problems.Add($"{where} has less than {HmacSecret.MinLength} bytes.");
        }
        else if (secrets.Any(known => known.Text == text))
        {
            problems.Add($"{where} is the same secret as another one.");
        }

        secrets.Add(new HmacSecret(number, text));
    }
}
