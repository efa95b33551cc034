using System.Text.Json;
using Npgsql;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Postgres;

/// <summary>The truth about live settings. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class SettingQueries(NpgsqlDataSource database)
{
    private const string Columns = "version, state, changed_at, changed_by";

    private const string Current = $"SELECT {Columns} FROM settings ORDER BY version DESC LIMIT 1";

    /// <summary>What counts now.</summary>
    public async Task<SettingsState> CurrentAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync(Current, Read, cancellationToken))[0];

    private const string Find = $"SELECT {Columns} FROM settings WHERE version = $1";

    /// <summary>What counted under a version.</summary>
    public async Task<SettingsState?> FindAsync(long version, CancellationToken cancellationToken) =>
        (await database.QueryAsync(Find, Read, cancellationToken, version)).SingleOrDefault();

    private const string History = $"SELECT {Columns} FROM settings ORDER BY version DESC LIMIT $1";

    /// <summary>The latest states, the latest first.</summary>
    public Task<IReadOnlyList<SettingsState>> HistoryAsync(int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(History, Read, cancellationToken, limit);

    private const string Replace = $"""
        WITH next AS (
            INSERT INTO settings (version, state, changed_by) VALUES ($1, $2::jsonb, $3)
            ON CONFLICT DO NOTHING
            RETURNING version, state, changed_at, changed_by),
        noted AS (
            SELECT append_admin_audit($3, $4::inet, 'settings.change', next.version::text, next.state) FROM next)
        SELECT {Columns} FROM next, noted
        """;

    /// <summary>Makes these values the next version after one.</summary>
    /// <returns>The new state; null if that version is no longer the last.</returns>
    public async Task<SettingsState?> ReplaceAsync(
        long version,
        IReadOnlyDictionary<string, JsonElement> values,
        Actor actor,
        CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Replace,
            Read,
            cancellationToken,
            version + 1,
            JsonSerializer.Serialize(values),
            actor.Name,
            actor.Caller?.ToIPAddress())).SingleOrDefault();

    private static SettingsState Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.GetString(1))!,
        row.GetFieldValue<DateTimeOffset>(2),
        row.GetString(3));
}

/// <summary>The live settings under one version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Values">What is set, by name.</param>
/// <param name="ChangedAt">Since when.</param>
/// <param name="ChangedBy">By whom.</param>
public sealed record SettingsState(
    long Version, IReadOnlyDictionary<string, JsonElement> Values, DateTimeOffset ChangedAt, string ChangedBy);
