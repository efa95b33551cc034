namespace Sentinel.AdminUi.Exports;

/// <summary>How far a download is, for the page that it was begun on.</summary>
internal sealed class ExportRun(Guid id, TimeProvider time)
{
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _cancellation;
    private long _toldAt;

    /// <summary>Raised on whatever thread the download runs, a few times a second.</summary>
    public event Action? Changed;

    public Guid Id { get; } = id;

    public ExportState State { get; private set; }

    public long Rows { get; private set; }

    /// <summary>Begins, unless it is under way already.</summary>
    /// <returns>What ends it: the request or the page.</returns>
    public CancellationTokenSource? TryBegin(CancellationToken requestAborted)
    {
        lock (_gate)
        {
            if (State == ExportState.UnderWay)
            {
                return null;
            }

            (State, Rows) = (ExportState.UnderWay, 0);
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(requestAborted);
        }

        Changed?.Invoke();
        return _cancellation;
    }

    public void Pass(long rows)
    {
        Rows = rows;
        if (time.GetElapsedTime(_toldAt) >= _between)
        {
            _toldAt = time.GetTimestamp();
            Changed?.Invoke();
        }
    }

    public void End(ExportState state)
    {
        lock (_gate)
        {
            State = state;
            _cancellation = null;
        }

        Changed?.Invoke();
    }

    public void Cancel()
    {
        lock (_gate)
        {
            _cancellation?.Cancel();
        }
    }
}

/// <summary>What became of a download.</summary>
internal enum ExportState
{
    /// <summary>Nobody began it.</summary>
    None,

    /// <summary>Rows are coming.</summary>
    UnderWay,

    /// <summary>All rows went to the browser.</summary>
    Done,

    /// <summary>It broke off, or was refused.</summary>
    Failed,

    /// <summary>The operator ended it.</summary>
    Cancelled,
}
