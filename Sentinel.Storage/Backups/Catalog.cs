using Npgsql;

namespace Sentinel.Storage.Backups;

/// <summary>A table that is worth keeping.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">All columns that can be written.</param>
/// <param name="Parents">What each row needs to be there, as conditions on <c>s</c>.</param>
internal sealed record KeptTable(string Name, string[] Columns, string[] Parents);

/// <summary>What there is to keep, as the database itself knows it: a table of a later migration is kept too.</summary>
internal static class Catalog
{
    // Made anew by triggers and by sign-ins, or over: nobody wants the alerts of last week again.
    private static readonly string[] _passing =
    [
        "schema_migrations", "binding_networks", "binding_changes", "knocks", "admin_sessions", "webhook_outbox",
        "alert_silences",
    ];

    private const string Tables = """
        WITH RECURSIVE tables AS (
            SELECT oid, 0 AS depth FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
             UNION ALL
            SELECT f.conrelid, t.depth + 1 FROM tables AS t JOIN pg_constraint AS f ON f.confrelid = t.oid
             WHERE f.contype = 'f' AND f.conrelid <> f.confrelid AND f.conparentid = 0)
        SELECT t.oid::regclass::text,
               ARRAY(SELECT quote_ident(a.attname) FROM pg_attribute AS a
                      WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                      ORDER BY a.attnum),
               ARRAY(SELECT format('(s.%1$I IS NULL OR EXISTS (SELECT FROM %2$s AS p WHERE p.%3$I = s.%1$I))',
                                   child.attname, f.confrelid::regclass, parent.attname)
                       FROM pg_constraint AS f
                       JOIN pg_attribute AS child ON child.attrelid = f.conrelid AND child.attnum = f.conkey[1]
                       JOIN pg_attribute AS parent ON parent.attrelid = f.confrelid AND parent.attnum = f.confkey[1]
                      WHERE f.conrelid = t.oid AND f.contype = 'f')
          FROM tables AS t
         WHERE t.oid::regclass::text <> ALL ($1)
         GROUP BY t.oid ORDER BY max(t.depth), 1
        """;

    /// <summary>The tables to keep, each after those that it refers to.</summary>
    public static async Task<IReadOnlyList<KeptTable>> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Tables, connection) { Parameters = { new() { Value = _passing } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<KeptTable>();
        while (await row.ReadAsync(cancellationToken))
        {
            tables.Add(new KeptTable(
                row.GetString(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<string[]>(2)));
        }

        return tables;
    }
}
