namespace Sentinel.Cli.Bench.Data;

/// <summary>Rows come first and their indexes afterwards, as with any large load.</summary>
public static class DataIndexes
{
    public const string TakeOff = """
        CREATE TABLE bench_indexes AS
        SELECT replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS definition, c.relname AS name
          FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_class AS t ON t.oid = i.indrelid
         WHERE t.relname IN ('bindings', 'binding_networks', 'intercept_logs') AND NOT i.indisprimary
           AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid);
        DO $$ DECLARE it record; BEGIN
            FOR it IN SELECT name FROM bench_indexes LOOP EXECUTE format('DROP INDEX %I', it.name); END LOOP;
        END $$;
        """;

    public const string PutBack = """
        DO $$ DECLARE it record; BEGIN
            FOR it IN SELECT definition FROM bench_indexes LOOP EXECUTE it.definition; END LOOP;
        END $$;
        """;
}
