namespace Sentinel.Core.Decisions;

/// <summary>The settings that a decision depends on.</summary>
/// <param name="Mode">What becomes of what would be refused.</param>
/// <param name="ArchivedKeys">What becomes of archived keys.</param>
/// <param name="MaxNetworks">How many networks one key may have.</param>
public readonly record struct DecisionRules(GateMode Mode, ArchivedKeys ArchivedKeys, int MaxNetworks)
{
    private static readonly HashSet<DenyReason> _overlooked =
    [
        DenyReason.CredentialConflict,
        DenyReason.CredentialMissing,
        DenyReason.CredentialInvalid,
        DenyReason.CallerUnknown,
        DenyReason.AddressMismatch,
        DenyReason.ApprovalRequired,
        DenyReason.ClaimPending,
        DenyReason.BindFlood,
        DenyReason.StoreUnavailable,
    ];

    /// <summary>
    /// Whether a reason is overlooked: those are that tell something about a request, not those by which an operator or
    /// a detector decided against a key, nor those by which the gate protects itself.
    /// </summary>
    public bool Overlook(DenyReason reason) => Mode is GateMode.Observe && _overlooked.Contains(reason);
}
