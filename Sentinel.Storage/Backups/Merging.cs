namespace Sentinel.Storage.Backups;

/// <summary>
/// How the rows of a backup, which stand in <c>staged_…</c>, come to those that are there: what is missing comes back,
/// what is there is newer and stays.
/// </summary>
internal static class Merging
{
    public static string Staged(string table) => $"staged_{table}";

    /// <summary>What has to happen before the rows are added; null if nothing has.</summary>
    public static string? Before(string table) => table switch
    {
        // Versions only grow, for whoever remembers one. A binding of the same key that is another row was made after
        // the loss, by whoever came first then: the one of the backup was there before. But a ban stays. While the
        // secret of the names is rotated, a key has two. What is named under a secret needs it to be found.
        "bindings" => """
            SELECT setval('binding_versions', greatest(
                nextval('binding_versions'), (SELECT max(version) FROM staged_bindings)));
            INSERT INTO hmac_secrets (id) SELECT DISTINCT secret_id FROM staged_bindings ON CONFLICT DO NOTHING;
            WITH names AS (
                SELECT s.id, k.name FROM staged_bindings AS s,
                       unnest(ARRAY[s.fingerprint, s.former_fingerprint]) AS k (name) WHERE k.name IS NOT NULL),
            rivals AS (
                SELECT b.id, n.id AS staged FROM names AS n JOIN bindings AS b ON b.fingerprint = n.name
                 WHERE b.id <> n.id
                 UNION
                SELECT b.id, n.id FROM names AS n JOIN bindings AS b ON b.former_fingerprint = n.name
                 WHERE b.id <> n.id),
            replaced AS (
                DELETE FROM bindings AS b USING rivals AS r WHERE b.id = r.id
                RETURNING r.staged, b.state)
            UPDATE staged_bindings AS s
               SET state = 'banned',
                   state_before_ban = CASE WHEN s.state IN ('archived', 'contested') THEN s.state END
              FROM replaced AS r
             WHERE s.id = r.staged AND r.state = 'banned' AND s.state <> 'banned';
            """,

        // A chain goes on or it does not: entries of another one would make both worthless.
        "admin_audit" => """
            LOCK TABLE admin_audit IN SHARE ROW EXCLUSIVE MODE;
            DELETE FROM staged_admin_audit WHERE EXISTS (
                SELECT FROM admin_audit AS a JOIN staged_admin_audit AS s USING (id) WHERE a.hash <> s.hash);
            """,
        _ => null,
    };

    /// <summary>Adds the rows that are missing.</summary>
    public static string Add(KeptTable table, IReadOnlyList<string> columns)
    {
        var values = columns.Select(column =>
            table.Name == "bindings" && column == "version" ? "nextval('binding_versions')" : $"s.{column}");
        var condition = table.Parents.Length == 0 ? "" : $" WHERE {string.Join(" AND ", table.Parents)}";
        return $"""
            INSERT INTO {table.Name} ({string.Join(", ", columns)})
            SELECT {string.Join(", ", values)} FROM {Staged(table.Name)} AS s{condition}
            ON CONFLICT DO NOTHING
            """;
    }
}
