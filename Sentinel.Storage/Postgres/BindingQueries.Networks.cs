using Sentinel.Core.Contracts;

namespace Sentinel.Storage.Postgres;

/// <content>
/// Which keys may come from a network, if nothing else is asked for: answered by the index of networks alone, which
/// knows no claims. Looking up thousands of bindings to show fifty would take ten times as long.
/// </content>
public sealed partial class BindingQueries
{
    private const int MostNetworksOfOne = 10;

    // Nobody counts further than is shown; a binding with several networks in it is one.
    private const string CountOfNetwork = """
        SELECT count(*) FROM (
            SELECT DISTINCT binding_id
              FROM (SELECT n.binding_id FROM binding_networks AS n WHERE n.network && $1::inet LIMIT $2) AS found
             LIMIT $3) AS matching
        """;

    private async Task<long> CountOfNetworkAsync(
        BindingFilter filter, int limit, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            CountOfNetwork,
            row => row.GetInt64(0),
            cancellationToken,
            filter.Network!.Value.ToIPNetwork(),
            MostNetworksOfOne * limit,
            limit))[0];

    private Task<IReadOnlyList<BindingItem>> ListOfNetworkAsync(
        BindingFilter filter, CancellationToken cancellationToken)
    {
        var (direction, comparison) = filter.Order is BindingOrder.OldestFirst ? ("ASC", ">") : ("DESC", "<");
        var after = filter.After is null ? "" : $"AND (n.created_at, n.binding_id) {comparison} ($4, $5::uuid)";
        var sql = $"""
            WITH page AS (
                SELECT DISTINCT n.created_at, n.binding_id FROM binding_networks AS n
                 WHERE n.network && $1::inet {after}
                 ORDER BY n.created_at {direction}, n.binding_id {direction} OFFSET $2 LIMIT $3)
            SELECT {Columns} FROM page JOIN bindings AS b ON b.id = page.binding_id
             ORDER BY page.created_at {direction}, b.id {direction}
            """;
        object?[] position = filter.After is { } place ? [KeyOf(place), place.Id] : [];
        return database.QueryAsync(
            sql,
            Read,
            cancellationToken,
            [filter.Network!.Value.ToIPNetwork(), filter.Offset, filter.Limit, .. position]);
    }

    private static bool IsNetworkOnly(BindingFilter filter) => filter is { Network: not null, State: null, Text: null };
}
