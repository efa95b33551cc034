using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// The first use of a key by one network on this replica. All its requests share it: it is held as long as one of them
/// is in flight and undecided.
/// </summary>
internal sealed class Claim : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Lazy<Task<ClaimResult>> _acquired;

    public Claim(FirstUse use, Func<Claim, Task<ClaimResult>> acquire)
    {
        Use = use;
        Ended = _ended.Token;
        _acquired = new Lazy<Task<ClaimResult>>(() => acquire(this));
    }

    public FirstUse Use { get; }

    /// <summary>How the race for the key ended. Asking starts it.</summary>
    public Task<ClaimResult> Acquired => _acquired.Value;

    /// <summary>What became of it when downstream accepted the key; null until then.</summary>
    public Task<ClaimResult>? Promoted { get; set; }

    /// <summary>How many requests hold it.</summary>
    public int Requests { get; set; }

    /// <summary>Whether the lease could not be prolonged, so that another network may hold the key by now.</summary>
    public bool IsLapsing { get; set; }

    /// <summary>Cancelled when nobody holds it any more.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether another request of the network may still take part in it.</summary>
    public bool IsOpen =>
        Promoted is null && !IsLapsing && (!Acquired.IsCompleted || IsHeld);

    private bool IsHeld => Acquired is { IsCompletedSuccessfully: true, Result.Held: true };

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }
}
