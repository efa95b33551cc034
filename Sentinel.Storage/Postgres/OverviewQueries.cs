using Npgsql;
using Sentinel.Core.Contracts;

namespace Sentinel.Storage.Postgres;

/// <summary>The numbers of the dashboard. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class OverviewQueries(NpgsqlDataSource database)
{
    private const string CountStates = """
        SELECT count(*) FILTER (WHERE state = 'active'),
               count(*) FILTER (WHERE state = 'banned'),
               count(*) FILTER (WHERE state = 'archived')
          FROM bindings
        """;

    public async Task<BindingCounts> CountBindingsAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            CountStates,
            row => new BindingCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken))[0];

    private const string Days = """
        SELECT day, allowed, bound, intercepted FROM daily_counters WHERE day >= $1 ORDER BY day
        """;

    /// <summary>The days that have come to rest, from one on.</summary>
    public Task<IReadOnlyList<DayCounts>> DaysAsync(DateOnly from, CancellationToken cancellationToken) =>
        database.QueryAsync(
            Days,
            row => new DayCounts(
                row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken,
            from);
}
