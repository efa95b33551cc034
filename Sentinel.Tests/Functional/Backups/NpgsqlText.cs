using Npgsql;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Backups;

/// <summary>A database as a text that can be compared.</summary>
internal sealed class NpgsqlText(StorageHost host)
{
    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        _ = await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is long count ? count : 0;
    }

    /// <summary>All rows, but for what a restore makes anew and what is noted of each use.</summary>
    public string Rows(string table)
    {
        const string Row = "(to_jsonb(t) - ARRAY['version', 'last_used_at', 'last_used_from', 'changed_at'])::text";
        using var command = Command($"SELECT string_agg({Row}, E'\\n' ORDER BY {Row}) FROM {table} AS t", []);
        return command.ExecuteScalar() as string ?? "";
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = host.Database.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return command;
    }
}
