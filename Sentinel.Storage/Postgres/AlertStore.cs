using System.Text.Json;
using Npgsql;
using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;
using Sentinel.Storage.Pulses;

namespace Sentinel.Storage.Postgres;

/// <summary>Raises alerts. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class AlertStore(NpgsqlDataSource database, StorePulses pulses)
{
    private readonly PostgresTrips _database = new(database, pulses);

    // Whoever moves the end of the silence raises the alert: of any number of replicas, that is one. The column is
    // named after keys that have no binding; of those that have one it holds the id.
    private const string Raise = """
        WITH silence AS (
            INSERT INTO alert_silences AS s (fingerprint, until) VALUES ($1, now() + $2)
            ON CONFLICT (fingerprint) DO UPDATE SET until = excluded.until WHERE s.until <= now()
            RETURNING until),
        raised AS (INSERT INTO webhook_outbox (id, event) SELECT $3, $4::jsonb FROM silence)
        SELECT until, true FROM silence
        UNION ALL
        SELECT until, false FROM alert_silences WHERE fingerprint = $1 AND NOT EXISTS (SELECT FROM silence)
        """;

    /// <summary>Raises an alert about a key, unless there is silence about it since the last one.</summary>
    /// <returns>Until when it is silent now, and whether this alert was raised.</returns>
    public async Task<AlertSilence> RaiseAsync(
        AlertSubject subject, AlertEvent alert, TimeSpan silence, CancellationToken cancellationToken)
    {
        var rows = await _database.QueryAsync(
            Raise,
            row => new AlertSilence(row.GetFieldValue<DateTimeOffset>(0), row.GetBoolean(1)),
            cancellationToken,
            subject.ToByteArray(),
            silence,
            alert.Id,
            JsonSerializer.Serialize(alert, JsonSerializerOptions.Web));

        // Another replica may have raised it just now: then its silence is not to be seen yet.
        return rows.Count > 0 ? rows[0] : new AlertSilence(DateTimeOffset.MinValue, IsRaised: false);
    }
}

/// <summary>How long a key is silent.</summary>
/// <param name="Until">When the next alert about it may be raised.</param>
/// <param name="IsRaised">Whether the silence began with the alert in question.</param>
public sealed record AlertSilence(DateTimeOffset Until, bool IsRaised);
