using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;
using Sentinel.Storage;

namespace Sentinel.Proxy.Decisions;

/// <summary>The rules by which requests are decided on: live settings, and what a route says otherwise.</summary>
internal sealed class RuleBook(IOptionsMonitor<DecisionOptions> decisions, IOptionsMonitor<BindingOptions> bindings)
{
    /// <summary>The rules that hold for a request now.</summary>
    public DecisionRules For(GateRequest request)
    {
        var current = decisions.CurrentValue;
        return new DecisionRules(
            request.Route.Mode ?? current.Mode, current.ArchivedKeys, bindings.CurrentValue.MaxNetworks);
    }
}
