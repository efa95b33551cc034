using System.Text;

namespace Sentinel.Core.Credentials;

/// <summary>
/// The carriers of the query. Names are decoded and compared without case, as the servers behind us do it.
/// </summary>
public static class QueryCarriers
{
    /// <summary>Adds what the declared parameters hold.</summary>
    /// <param name="query">The raw query, with its question mark or empty.</param>
    /// <param name="keys">Takes what is found.</param>
    /// <returns>False when a name, or the value of a declared carrier, cannot be decoded.</returns>
    public static bool TryCollect(string query, ref KeyCollector keys)
    {
        ArgumentNullException.ThrowIfNull(query);
        var parts = new QueryParts(query);
        while (parts.MoveNext())
        {
            if (!TryFind(parts.RawName, out var carrier))
            {
                return false;
            }

            if (!keys.Wants(carrier))
            {
                continue;
            }

            var raw = query.AsSpan(parts.ValueStart, parts.End - parts.ValueStart);
            if (!PercentCode.TryDecode(raw, out var value))
            {
                return false;
            }

            if (value == raw)
            {
                keys.Add(carrier, query, parts.ValueStart, raw.Length);
            }
            else
            {
                keys.Add(carrier, value.ToString());
            }
        }

        return true;
    }

    /// <summary>Removes every carrier, declared or not, and writes those anew that held the checked key.</summary>
    /// <param name="query">The raw query, with its question mark or empty.</param>
    /// <param name="credential">What was checked; null removes only.</param>
    public static string Rewrite(string query, Credential? credential)
    {
        ArgumentNullException.ThrowIfNull(query);
        return AreIn(query) ? RewriteParts(query, credential) : query;
    }

    /// <summary>Whether a query holds any carrier, or what could be one and cannot be decoded.</summary>
    public static bool AreIn(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var parts = new QueryParts(query);
        while (parts.MoveNext())
        {
            if (!TryFind(parts.RawName, out var carrier) || carrier != Carriers.None)
            {
                return true;
            }
        }

        return false;
    }

    private static string RewriteParts(string query, Credential? credential)
    {
        var rewritten = new StringBuilder(query.Length);
        var parts = new QueryParts(query);
        while (parts.MoveNext())
        {
            if (TryFind(parts.RawName, out var carrier) && carrier == Carriers.None)
            {
                rewritten.Append(rewritten.Length == 0 ? '?' : query[parts.Start - 1]);
                rewritten.Append(query, parts.Start, parts.End - parts.Start);
            }
        }

        foreach (var (carrier, name) in CarrierNames.Query)
        {
            if (credential is not null && (credential.Carriers & carrier) != 0)
            {
                rewritten.Append(rewritten.Length == 0 ? '?' : '&').Append(name).Append('=');
                rewritten.Append(Uri.EscapeDataString(credential.Key.Forwarded));
            }
        }

        return rewritten.ToString();
    }

    private static bool TryFind(ReadOnlySpan<char> rawName, out Carriers carrier)
    {
        carrier = Carriers.None;
        if (!PercentCode.TryDecode(rawName, out var decoded))
        {
            return false;
        }

        foreach (var (candidate, name) in CarrierNames.Query)
        {
            if (decoded.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                carrier = candidate;
            }
        }

        return true;
    }
}
