using System.Diagnostics;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Core.Forwarding;
using Sentinel.Core.Routes;
using Sentinel.Proxy.Decisions;

namespace Sentinel.Proxy;

/// <summary>One request on its way through the gate, and what the rooms found out about it.</summary>
internal sealed class GateRequest(HttpContext context, GateRoute route)
{
    private const int Undecided = 0;
    private const int Decided = 1;
    private const int ToBeReviewed = 2;

    private int _stage;
    private long _heardVersion;

    public HttpContext Context { get; } = context;

    /// <summary>Where the request leads to, and what is asked of it there.</summary>
    public GateRoute Route { get; } = route;

    /// <summary>What its headers are, as they came.</summary>
    public RequestHygiene Headers { get; set; }

    /// <summary>Where the request comes from; null if that cannot be determined.</summary>
    public ClientAddress? Caller { get; set; }

    /// <summary>What the request presented; null if nothing, or nothing well formed.</summary>
    public Credential? Credential { get; set; }

    /// <summary>The binding that was decided on; null if there is none.</summary>
    public Binding? Binding { get; set; }

    /// <summary>The claim under which a first use is forwarded; null for known keys.</summary>
    public Claim? Claim { get; set; }

    /// <summary>The rules by which it is decided on.</summary>
    public DecisionRules Rules { get; set; }

    /// <summary>Why the request was refused; null if it was forwarded.</summary>
    public DenyReason? Reason { get; set; }

    /// <summary>When to try again; null if the reason alone says so.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>Why the request would have been refused; null if nothing was overlooked.</summary>
    public DenyReason? Observed { get; set; }

    /// <summary>Whether this request bound its key.</summary>
    public bool HasBound { get; set; }

    /// <summary>The span of the decision; null on the warm path, which makes no trips.</summary>
    public Activity? Span { get; set; }

    /// <summary>Refuses the request, unless its reason is overlooked.</summary>
    public void Refuse(DenyReason reason)
    {
        if (Rules.Overlook(reason))
        {
            Observed = reason;
            return;
        }

        Reason = reason;
    }

    /// <summary>Does what was decided; what would have to be settled first is refused.</summary>
    public void Follow(Decision decision)
    {
        switch (decision)
        {
            case Decision.Forward or Decision.Revive:
                break;
            case Decision.Observe overlooked:
                Observed = overlooked.Reason;
                break;
            case Decision.Deny denial:
                Reason = denial.Reason;
                break;
            default:
                Refuse(DenyReason.ClaimPending);
                break;
        }
    }

    /// <summary>A change of its key was heard.</summary>
    /// <returns>
    /// Whether the request is still being decided on: then it is not judged by a decision that it has not got yet.
    /// </returns>
    internal bool HearChange(long version)
    {
        Volatile.Write(ref _heardVersion, Math.Max(_heardVersion, version));
        return Interlocked.CompareExchange(ref _stage, ToBeReviewed, Undecided) != Decided;
    }

    /// <summary>The decision stands.</summary>
    /// <returns>The newest change that was heard meanwhile; null if none was.</returns>
    internal long? Settle() =>
        Interlocked.Exchange(ref _stage, Decided) == ToBeReviewed ? Volatile.Read(ref _heardVersion) : null;

    /// <summary>Whether the request is one of those that this replica holds at once.</summary>
    internal bool HasPlace { get; set; }

    /// <summary>Whether the request is one of those that its key may have at once.</summary>
    internal bool IsAdmitted { get; set; }

    /// <summary>The neighbours among the open streams of the same key.</summary>
    internal GateRequest? Next { get; set; }

    internal GateRequest? Previous { get; set; }

    /// <summary>The names of its key, beside the one in use, under which the request is listed; mostly none.</summary>
    internal KeyFingerprint[] OtherNames { get; set; } = [];

    /// <summary>Whether the request may still be ended: its context is used for others afterwards.</summary>
    internal bool IsOpen { get; set; }
}
