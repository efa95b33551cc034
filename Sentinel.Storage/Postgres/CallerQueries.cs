using System.Net;
using Npgsql;
using Sentinel.Core.Callers;

namespace Sentinel.Storage.Postgres;

/// <summary>A network and how many of the newest bindings carry it.</summary>
/// <param name="Network">The network.</param>
/// <param name="Count">How many carry it.</param>
/// <param name="Of">How many were looked at.</param>
public sealed record CommonNetwork(Network Network, long Count, long Of);

/// <summary>A key that was refused to an address of the family that its networks lack.</summary>
/// <param name="Hint">What may be seen of the key.</param>
/// <param name="BindingId">Its binding.</param>
/// <param name="Network">The first network of the binding.</param>
/// <param name="Caller">The caller that was refused last.</param>
/// <param name="Count">How often the key was refused so.</param>
public sealed record OtherFamily(string Hint, Guid BindingId, Network Network, ClientAddress Caller, long Count);

/// <summary>
/// What the bindings and the refusals tell about how callers are found. Throws <see cref="StoreUnavailableException"/>
/// in an outage.
/// </summary>
public sealed class CallerQueries(NpgsqlDataSource database)
{
    private const string MostCommon = """
        WITH newest AS (
            SELECT networks FROM bindings WHERE state = 'active' ORDER BY created_at DESC, id DESC LIMIT 1000)
        SELECT network, count(*), (SELECT count(*) FROM newest)
          FROM newest, unnest(networks) AS network
         GROUP BY network ORDER BY count(*) DESC, network LIMIT 1
        """;

    /// <summary>The network that most of the newest bindings carry; null if there are none.</summary>
    public async Task<CommonNetwork?> MostCommonNetworkAsync(CancellationToken cancellationToken)
    {
        var found = await database.QueryAsync(
            MostCommon,
            row => new CommonNetwork(
                Network.From(row.GetFieldValue<IPNetwork>(0)), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private const string OtherFamilies = """
        SELECT min(hint), binding_id, (array_agg(networks[1] ORDER BY occurred_at DESC))[1],
               (array_agg(caller ORDER BY occurred_at DESC))[1], sum(count)
          FROM intercept_logs
         WHERE reason = 'address_mismatch' AND occurred_at > now() - interval '1 day'
           AND binding_id IS NOT NULL AND caller IS NOT NULL AND cardinality(networks) > 0
           AND NOT EXISTS (SELECT FROM unnest(networks) AS network WHERE family(network) = family(caller))
         GROUP BY binding_id ORDER BY sum(count) DESC, binding_id LIMIT $1
        """;

    /// <summary>Keys that were refused by address family only within the last 24 hours.</summary>
    public Task<IReadOnlyList<OtherFamily>> OtherFamiliesAsync(int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            OtherFamilies,
            row => new OtherFamily(
                row.GetString(0),
                row.GetGuid(1),
                Network.From(row.GetFieldValue<IPNetwork>(2)),
                ClientAddress.From(row.GetFieldValue<IPAddress>(3)),
                row.GetInt64(4)),
            cancellationToken,
            limit);
}
