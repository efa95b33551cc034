using Sentinel.Core.Contracts;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Overview;

/// <summary>
/// Numbers of the dashboard that a look at many rows costs. They are kept for fifty times as long as counting took, so
/// that it never takes more than a fiftieth of PostgreSQL's time; of few rows they are always those of this moment.
/// </summary>
internal sealed partial class DearNumbers(
    OverviewQueries overview, InterceptQueries intercepts, TimeProvider clock, ILogger<DearNumbers> logger)
{
    private const int TopEntries = 10;
    private const int Share = 50;
    private static readonly TimeSpan _cheap = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _oldest = TimeSpan.FromMinutes(2);

    private Counted? _last;
    private int _isCounting;

    public async Task<Numbers> ReadAsync(CancellationToken cancellationToken)
    {
        if (_last is not { } last || last.Took < _cheap || clock.GetElapsedTime(last.At) > _oldest)
        {
            return await CountAsync(cancellationToken);
        }

        if (clock.GetElapsedTime(last.At) > Share * last.Took && Interlocked.Exchange(ref _isCounting, 1) == 0)
        {
            _ = CountMeanwhileAsync();
        }

        return last.Numbers;
    }

    private async Task CountMeanwhileAsync()
    {
        try
        {
            _ = await CountAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            Log.Kept(logger, exception);
        }
        finally
        {
            _isCounting = 0;
        }
    }

    private async Task<Numbers> CountAsync(CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        var numbers = new Numbers(
            await overview.CountBindingsAsync(cancellationToken),
            await intercepts.TopReasonsAsync(TopEntries, cancellationToken),
            await intercepts.TopCallersAsync(TopEntries, cancellationToken),
            await intercepts.TopKeysAsync(TopEntries, cancellationToken));
        _last = new Counted(numbers, clock.GetTimestamp(), clock.GetElapsedTime(startedAt));
        return numbers;
    }

    private sealed record Counted(Numbers Numbers, long At, TimeSpan Took);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The dashboard shows earlier numbers, because PostgreSQL does not answer.")]
        public static partial void Kept(ILogger logger, Exception exception);
    }
}

/// <summary>What is counted over many rows.</summary>
internal sealed record Numbers(
    BindingCounts Bindings,
    IReadOnlyList<ReasonCount> TopReasons,
    IReadOnlyList<CallerCount> TopCallers,
    IReadOnlyList<KeyCount> TopKeys);
