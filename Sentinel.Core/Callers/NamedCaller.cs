namespace Sentinel.Core.Callers;

/// <summary>Reads whom a trusted proxy names.</summary>
internal static class NamedCaller
{
    public static CallerVerdict InRealIp(CallerRules rules, ReadOnlySpan<string?> values)
    {
        CallerVerdict? named = null;
        foreach (var value in values)
        {
            var verdict = AddressSyntax.TryParseHop(Trim(value), out var raw)
                ? Name(rules, raw)
                : new CallerVerdict(CallerFinding.Malformed);
            if (named is not null && named != verdict)
            {
                return new CallerVerdict(CallerFinding.Contradiction);
            }

            named = verdict;
        }

        return named ?? new CallerVerdict(CallerFinding.NobodyNamed);
    }

    /// <summary>
    /// The nearest hop stands rightmost in the last line; each trusted hop vouches for the one to its left.
    /// </summary>
    public static CallerVerdict InForwardedFor(CallerRules rules, ReadOnlySpan<string?> lines)
    {
        for (var line = lines.Length - 1; line >= 0; line--)
        {
            var rest = lines[line].AsSpan();
            for (var comma = rest.Length; comma >= 0; rest = rest[..Math.Max(comma, 0)])
            {
                comma = rest.LastIndexOf(',');
                if (!AddressSyntax.TryParseHop(Trim(rest[(comma + 1)..]), out var hop))
                {
                    return new CallerVerdict(CallerFinding.Malformed);
                }

                if (!rules.IsTrusted(AddressFolding.Unmap(hop)))
                {
                    return Name(rules, hop);
                }
            }
        }

        return new CallerVerdict(CallerFinding.ProxyNamed);
    }

    private static CallerVerdict Name(CallerRules rules, ClientAddress raw)
    {
        var caller = rules.Fold(raw);
        return new CallerVerdict(rules.IsTrusted(caller) ? CallerFinding.ProxyNamed : CallerFinding.Named, caller);
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> value) => value.Trim(" \t");
}
