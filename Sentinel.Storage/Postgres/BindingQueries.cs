using System.Net;
using System.Text.Json;
using Npgsql;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// What an operator asks about bindings. Throws <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed partial class BindingQueries(NpgsqlDataSource database)
{
    internal const string Columns = """
        b.id, b.hint, b.networks, b.state, b.label, b.created_at, b.first_used_from, b.last_used_at, b.last_used_from
        """;

    // A filter that is not asked for is a constant to the planner, which then leaves it out.
    private const string Wanted = """
        FROM bindings AS b
        WHERE CASE WHEN $1::text IS NULL THEN b.state <> 'claimed' ELSE b.state = $1 END
          AND ($2::text IS NULL OR b.hint || ' ' || b.label ILIKE $2)
          AND ($3::uuid IS NULL OR b.id = $3)
        """;

    private const string FromAnywhere = $"{Wanted} AND $4::cidr IS NULL";

    // As a branch of an OR this would be no join to the planner, which would then try every binding.
    private const string FromNetwork = $"""
        {Wanted}
          AND b.id IN (SELECT n.binding_id FROM binding_networks AS n WHERE n.network && $4::cidr::inet)
        """;

    /// <summary>The bindings that match, in the order that was asked for.</summary>
    /// <param name="filter">Which they are.</param>
    /// <param name="areFew">Whether few match, so that all of them are found first and sorted then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<IReadOnlyList<BindingItem>> ListAsync(
        BindingFilter filter, bool areFew, CancellationToken cancellationToken)
    {
        if (areFew && IsNetworkOnly(filter) && filter.Order is BindingOrder.NewestFirst or BindingOrder.OldestFirst)
        {
            return ListOfNetworkAsync(filter, cancellationToken);
        }

        var (key, isAscending) = OrderOf(filter.Order);
        var (direction, comparison) = isAscending ? ("ASC", ">") : ("DESC", "<");
        var after = filter.After is null ? "" : $"AND ({key}, b.id) {comparison} ($7, $8::uuid)";

        // Left to itself, the planner walks along the order and tries each binding, until it has a page of the few.
        // Of the many only those of the page are looked up: an index knows the order of those that are left out.
        var order = $"ORDER BY {key} {direction}, b.id {direction}";
        var page = $"{after} {order} OFFSET $5 LIMIT $6";
        var sql = areFew
            ? $"WITH b AS MATERIALIZED (SELECT b.* {Matching(filter)}) SELECT {Columns} FROM b WHERE true {page}"
            : $"""
               WITH page AS MATERIALIZED (SELECT b.id {Matching(filter)} {page})
               SELECT {Columns} FROM page JOIN bindings AS b ON b.id = page.id {order}
               """;
        object?[] position = filter.After is { } place ? [KeyOf(place), place.Id] : [];
        return database.QueryAsync(
            sql,
            Read,
            cancellationToken,
            [.. Values(filter), filter.Offset, filter.Limit, .. position]);
    }

    /// <summary>How many bindings match, counted up to <paramref name="limit"/>.</summary>
    public async Task<long> CountAsync(BindingFilter filter, int limit, CancellationToken cancellationToken) =>
        IsNetworkOnly(filter)
            ? await CountOfNetworkAsync(filter, limit, cancellationToken)
            : (await database.QueryAsync(
                $"SELECT count(*) FROM (SELECT 1 {Matching(filter)} LIMIT $5) AS matching",
                row => row.GetInt64(0),
                cancellationToken,
                [.. Values(filter), limit]))[0];

    /// <summary>How many bindings match as far as PostgreSQL's statistics tell.</summary>
    public async Task<long> EstimateAsync(BindingFilter filter, CancellationToken cancellationToken)
    {
        var plan = await database.QueryAsync(
            $"EXPLAIN (FORMAT JSON) SELECT 1 {Matching(filter)}",
            row => row.GetString(0),
            cancellationToken,
            Values(filter));
        using var document = JsonDocument.Parse(plan[0]);
        return document.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64();
    }

    private const string Find = $"SELECT {Columns} FROM bindings AS b WHERE b.id = $1";

    public async Task<BindingItem?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await database.QueryAsync(Find, Read, cancellationToken, id)).SingleOrDefault();

    private const string RecentAddresses = """
        SELECT host(last_used_from), last_used_at, earlier_uses FROM bindings
         WHERE id = $1 AND last_used_from IS NOT NULL AND last_used_at IS NOT NULL
        """;

    /// <summary>From where a key passed the gate, the latest first.</summary>
    public async Task<IReadOnlyList<AddressUse>> RecentAddressesAsync(Guid id, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            RecentAddresses,
            row => (AddressUse[])
            [
                new AddressUse(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)),
                .. JsonSerializer.Deserialize<AddressUse[]>(row.GetString(2), JsonSerializerOptions.Web)!,
            ],
            cancellationToken,
            id)).SingleOrDefault() ?? [];

    private const string RefusedNetworks = $"""
        SELECT {RefusedFrom.Network} AS network, sum(l.count), max(l.occurred_at)
          FROM bindings AS b JOIN intercept_logs AS l ON {RefusedFrom.Elsewhere}
         WHERE b.id = $1
         GROUP BY network ORDER BY max(l.occurred_at) DESC LIMIT 50
        """;

    /// <summary>From where a key was refused within 30 days because it is bound elsewhere, the latest first.</summary>
    public Task<IReadOnlyList<RefusedNetwork>> RefusedNetworksAsync(Guid id, CancellationToken cancellationToken) =>
        database.QueryAsync(
            RefusedNetworks,
            row => new RefusedNetwork(
                Network.From(row.GetFieldValue<IPNetwork>(0)).ToString(),
                row.GetInt64(1),
                row.GetFieldValue<DateTimeOffset>(2)),
            cancellationToken,
            id);

    internal static BindingItem Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetNetworks(2),
        row.GetString(3),
        row.GetString(4) is { Length: > 0 } label ? label : null,
        row.GetFieldValue<DateTimeOffset>(5),
        row.GetAddress(6),
        row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
        row.GetAddress(8));

    private static string Matching(BindingFilter filter) => filter.Network is null ? FromAnywhere : FromNetwork;

    private static object?[] Values(BindingFilter filter)
    {
        var isId = Guid.TryParse(filter.Text, out var id);
        return
        [
            filter.State is { } state ? BindingRow.Name(state) : null,
            isId || filter.Text is null ? null : Like.Containing(filter.Text),
            isId ? id : null,
            filter.Network?.ToIPNetwork(),
        ];
    }

    // PostgreSQL's -infinity is the smallest time of .NET.
    private static object KeyOf(BindingPosition position) => position.Key switch
    {
        string hint => hint,
        DateTimeOffset time => time.UtcDateTime,
        _ => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
    };

    private static (string Key, bool IsAscending) OrderOf(BindingOrder order) => order switch
    {
        BindingOrder.NewestFirst => ("b.created_at", false),
        BindingOrder.OldestFirst => ("b.created_at", true),
        BindingOrder.LatestUseFirst => ("coalesce(b.last_used_at, '-infinity')", false),
        BindingOrder.EarliestUseFirst => ("coalesce(b.last_used_at, '-infinity')", true),
        BindingOrder.HintAscending => ("b.hint", true),
        BindingOrder.HintDescending => ("b.hint", false),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };
}
