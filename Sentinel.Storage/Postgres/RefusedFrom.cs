namespace Sentinel.Storage.Postgres;

/// <summary>
/// What "other networks were refused for this key" means, in SQL: said once, asked in two statements.
/// </summary>
internal static class RefusedFrom
{
    /// <summary>The network of a refused caller, as a first use would bind it.</summary>
    public const string Network =
        "network(set_masklen(l.caller, CASE family(l.caller) WHEN 4 THEN 32 ELSE 64 END))::cidr";

    /// <summary>
    /// Whether a refusal <c>l</c> was one of binding <c>b</c> for its address. What one of its networks did counts no
    /// longer: it may have been added since. The networks of a contested key were only seen.
    /// </summary>
    public const string Elsewhere = """
        l.binding_id = b.id AND l.occurred_at > now() - interval '30 days'
        AND l.reason IN ('address_mismatch', 'approval_required') AND l.caller IS NOT NULL
        AND (b.state = 'contested' OR NOT l.caller <<= ANY (b.networks::inet[]))
        """;
}
