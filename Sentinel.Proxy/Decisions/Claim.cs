using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions.Caps;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// The first use of a key by one network on this replica. All its requests share it: it is held as long as one of them
/// is in flight and undecided.
/// </summary>
internal sealed class Claim : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Lazy<Task<Acquisition>> _acquired;

    public Claim(FirstUse use, bool isPatient, Func<Claim, Task<Acquisition>> acquire)
    {
        (Use, IsPatient) = (use, isPatient);
        Ended = _ended.Token;
        _acquired = new Lazy<Task<Acquisition>>(() => acquire(this));
    }

    public FirstUse Use { get; }

    /// <summary>Whether it may wait for others; who only observes delays nobody.</summary>
    public bool IsPatient { get; }

    /// <summary>The leave to make it, until it ends; null if it was not given or another claim counts.</summary>
    public ClaimTicket? Ticket { get; set; }

    /// <summary>How the race for the key ended. Asking starts it.</summary>
    public Task<Acquisition> Acquired => _acquired.Value;

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
