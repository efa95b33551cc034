using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage;

namespace Sentinel.Proxy.Decisions;

/// <summary>The claims of this replica: one per key and network, however many requests use it at once.</summary>
internal sealed class FirstUses(ClaimTrips trips, SecretRing ring, IOptionsMonitor<DecisionOptions> options)
{
    private readonly Lock _registry = new();
    private readonly Dictionary<(KeyFingerprint, Network), Claim> _claims = [];

    /// <summary>Takes part in the claim of this key and network. Whoever joins leaves.</summary>
    public Claim Join(Credential credential, ClientAddress caller, DecisionRules rules)
    {
        var network = NetworkOf(caller);
        lock (_registry)
        {
            if (!_claims.TryGetValue((credential.Fingerprint, network), out var claim) || !claim.IsOpen)
            {
                claim = new Claim(
                    NewUse(credential, network, caller, rules),
                    isPatient: rules.Mode is GateMode.Enforce,
                    trips.AcquireAsync);
                _claims[(credential.Fingerprint, network)] = claim;
            }

            claim.Requests++;
            return claim;
        }
    }

    /// <summary>Makes the claim a binding: once, however many of its requests succeed.</summary>
    public Task<ClaimResult> PromoteAsync(Claim claim)
    {
        lock (_registry)
        {
            return claim.Promoted ??= trips.PromoteAsync(claim);
        }
    }

    /// <summary>Gives one share of a claim back. With the last one it is withdrawn, unless it was promoted.</summary>
    public async Task LeaveAsync(Claim claim)
    {
        lock (_registry)
        {
            if (--claim.Requests > 0)
            {
                return;
            }

            var name = (claim.Use.Fingerprint, claim.Use.Network);
            if (_claims.TryGetValue(name, out var current) && ReferenceEquals(current, claim))
            {
                _claims.Remove(name);
            }
        }

        claim.Dispose();
        if (claim.Promoted is null && await IsHeldAsync(claim))
        {
            await trips.WithdrawAsync(claim);
        }
    }

    private Network NetworkOf(ClientAddress caller) =>
        caller.ToNetwork(options.CurrentValue.IPv4Prefix, options.CurrentValue.IPv6Prefix);

    private FirstUse NewUse(
        Credential credential, Network network, ClientAddress caller, DecisionRules rules) =>
        new(credential.Fingerprint, credential.Hint, network, caller, Guid.NewGuid())
        {
            Names = ring.NamesOf(credential),
            TakesArchived = rules.ArchivedKeys is ArchivedKeys.Rebind,
        };

    private static async Task<bool> IsHeldAsync(Claim claim)
    {
        try
        {
            return (await claim.Acquired).Held;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
