namespace Sentinel.Core.Decisions;

/// <summary>What the policy says about one request. Closed: one <c>switch</c> consumes it.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The key is bound to the caller's network.</summary>
    public sealed record Forward : Decision
    {
        public static readonly Forward Instance = new();
    }

    /// <summary>The key is archived and its own network uses it again: make it active, then forward.</summary>
    public sealed record Revive : Decision
    {
        public static readonly Revive Instance = new();
    }

    /// <summary>Nobody has bound the key yet: claim it, or join the claim of the same network, then forward.</summary>
    public sealed record Claim : Decision
    {
        public static readonly Claim Instance = new();
    }

    /// <summary>Another network's first use is in flight: ask again when it has ended.</summary>
    public sealed record Wait : Decision
    {
        public static readonly Wait Instance = new();
    }

    /// <summary>The request is refused.</summary>
    /// <param name="Reason">What the caller is told.</param>
    public sealed record Deny(DenyReason Reason) : Decision;

    /// <summary>The request would be refused, but is only observed: forward and record it. It binds nothing.</summary>
    /// <param name="Reason">What the caller would be told.</param>
    public sealed record Observe(DenyReason Reason) : Decision
    {
        /// <summary>Whether the key is contested from now on, or seen from one more network.</summary>
        public bool Contests { get; init; }
    }
}
