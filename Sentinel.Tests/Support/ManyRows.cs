using System.Globalization;
using Npgsql;
using Sentinel.Cli.Bench.Data;
using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Support;

/// <summary>
/// A database as it is after years: a million bindings of as many networks, a million intercepts of this month, and
/// operators who never sign out. It is made once for all tests that ask how statements are carried out.
/// </summary>
[CollectionDefinition(Name)]
public sealed class ManyRows(RealStores stores) : ICollectionFixture<ManyRows>, IAsyncLifetime
{
    public const string Name = "a million rows";

    // Without triggers: what they would write is written here as well, and much faster.
    private const string Fill = """
        SET session_replication_role = replica;
        INSERT INTO bindings (fingerprint, hint, state, networks, label, created_at, last_used_at)
        SELECT sha256(n::text::bytea), 'sk-…' || n, CASE n % 50 WHEN 0 THEN 'banned' ELSE 'active' END,
               ARRAY[('10.0.0.0'::inet + n)::cidr], CASE n % 10 WHEN 0 THEN 'team ' || n % 5000 ELSE '' END,
               now() - n * interval '10 seconds', '2020-01-01'::timestamptz + n % 1000 * interval '1 hour'
          FROM generate_series(1, 1000000) AS n;
        INSERT INTO binding_networks (binding_id, network, created_at)
        SELECT id, networks[1], created_at FROM bindings;
        INSERT INTO binding_changes (fingerprint, version) SELECT fingerprint, version FROM bindings LIMIT 100000;

        INSERT INTO intercept_logs
            (id, occurred_at, reason, observed, hint, fingerprint, binding_id, caller, networks,
             method, path, user_agent, request_id, trace_id, route, count)
        SELECT gen_random_uuid(), first + (now() - first) * n / 1000000,
               (ARRAY['address_mismatch', 'address_mismatch', 'banned', 'bind_flood'])[1 + n % 4], false,
               b.hint, b.fingerprint, b.id, '203.0.113.0'::inet + n % 50000, b.networks,
               'POST', '/v1/chat/completions', 'curl/8', 'request-' || n, 'trace-' || n, 'default', 1
          FROM generate_series(1, 1000000) AS n
               JOIN (SELECT *, row_number() OVER () AS number FROM bindings) AS b ON b.number = n,
               (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS first) AS month;
        INSERT INTO knocks (fingerprint, network, caller, count, last_at, request_id)
        SELECT sha256(n::text::bytea), '203.0.113.7/32', '203.0.113.7', 1,
               now() - CASE n % 100 WHEN 7 THEN interval '1 day' ELSE interval '40 days' END, 'request-' || n
          FROM generate_series(1, 100000) AS n;

        INSERT INTO admin_users (username, password_hash, role) SELECT 'user-' || n, '', 'viewer'
          FROM generate_series(1, 1000) AS n;
        INSERT INTO admin_sessions (id, user_id, expires_at)
        SELECT gen_random_uuid(), u.id, now() + n * interval '1 minute'
          FROM admin_users AS u, generate_series(1, 100) AS n;
        INSERT INTO admin_tokens (user_id, name, role, hash, expires_at)
        SELECT u.id, 'token-' || n, 'viewer', sha256((u.username || '-' || n)::bytea), now() + interval '1 day'
          FROM admin_users AS u, generate_series(1, 100) AS n;
        INSERT INTO webhook_outbox (id, event, state, created_at)
        SELECT gen_random_uuid(), '{}', CASE n % 1000 WHEN 0 THEN 'pending' ELSE 'delivered' END,
               now() - n * interval '1 minute'
          FROM generate_series(1, 100000) AS n;
        """;

    public StoresOfClass Stores { get; } = new(stores);

    /// <summary>One of the keys.</summary>
    public KeyFingerprint Key { get; private set; }

    /// <summary>Its binding.</summary>
    public Guid Id { get; private set; }

    /// <summary>The part of the intercept log that has all the rows.</summary>
    public static string Month =>
        DateTime.UtcNow.ToString("'intercept_logs_'yyyy_MM", CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        await Stores.InitializeAsync();
        await using var connection = await Stores.Host.Database.OpenConnectionAsync();
        string[] steps =
            [DataIndexes.TakeOff, Fill, DataIndexes.PutBack, "RESET session_replication_role", "VACUUM ANALYZE"];
        foreach (var step in steps)
        {
            await using var command = new NpgsqlCommand(step, connection) { CommandTimeout = 900 };
            _ = await command.ExecuteNonQueryAsync();
        }

        Key = new KeyFingerprint(await Stores.Host.ScalarAsync<byte[]>("SELECT sha256('77')"));
        Id = await Stores.Host.ScalarAsync<Guid>("SELECT id FROM bindings WHERE hint = 'sk-…77'");
    }

    public ValueTask DisposeAsync() => Stores.DisposeAsync();
}
