using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Routes;
using Sentinel.Storage;

namespace Sentinel.Proxy.Decisions;

/// <summary>The rules by which requests are decided on: live settings, and what a route says otherwise.</summary>
internal sealed class RuleBook(
    IOptionsMonitor<DecisionOptions> decisions,
    IOptionsMonitor<BindingOptions> bindings,
    IOptionsMonitor<RoutingOptions> routing)
{
    /// <summary>The rules that hold for a request that has just come.</summary>
    public DecisionRules For(GateRequest request) => Create(request.Route.Mode);

    /// <summary>The rules that hold for a request in flight: its route may say something else since it came.</summary>
    public DecisionRules Now(GateRequest request) =>
        Create(routing.CurrentValue.Routes.TryGetValue(request.Route.Name, out var route) ? route.Mode : null);

    private DecisionRules Create(GateMode? mode)
    {
        var current = decisions.CurrentValue;
        return new DecisionRules(mode ?? current.Mode, current.ArchivedKeys, bindings.CurrentValue.MaxNetworks);
    }
}
