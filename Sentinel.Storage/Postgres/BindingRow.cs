using System.Collections.Immutable;
using System.Net;
using Npgsql;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Postgres;

/// <summary>A row of <c>bindings</c> as the gate needs it.</summary>
internal static class BindingRow
{
    /// <summary>The columns that <see cref="Read"/> expects, of the table under the name <c>b</c>.</summary>
    public const string Columns =
        "b.id, b.fingerprint, b.hint, b.state, b.networks, b.version, b.claim_expires_at, b.former_fingerprint";

    /// <summary>The columns of a row that is being deleted, with the version of its removal.</summary>
    public const string RemovedColumns =
        "b.id, b.fingerprint, b.hint, b.state, b.networks, nextval('binding_versions') AS version, b.claim_expires_at, "
        + "b.former_fingerprint";

    /// <summary>How many columns there are; what a statement adds comes after them.</summary>
    public const int Width = 8;

    public static Binding Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        new KeyFingerprint(row.GetFieldValue<byte[]>(1)),
        row.GetString(2),
        Enum.Parse<BindingState>(row.GetString(3), ignoreCase: true),
        row.GetFieldValue<IPNetwork[]>(4).Select(Network.From).ToImmutableArray(),
        row.GetInt64(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6))
    {
        Alias = row.IsDBNull(7) ? null : new KeyFingerprint(row.GetFieldValue<byte[]>(7)),
    };

    /// <summary>The state as it is stored.</summary>
    public static string Name(BindingState state) => state switch
    {
        BindingState.Claimed => "claimed",
        BindingState.Active => "active",
        BindingState.Banned => "banned",
        BindingState.Archived => "archived",
        BindingState.Contested => "contested",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The one row of an answer, or null.</summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public static Task<Binding?> FindBindingAsync(
        this NpgsqlDataSource database, string sql, CancellationToken cancellationToken, params object[] values)
    {
        return FindAsync().OrUnavailable();

        async Task<Binding?> FindAsync()
        {
            await using var command = database.CreateCommand(sql, values);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken) ? Read(row) : null;
        }
    }
}
