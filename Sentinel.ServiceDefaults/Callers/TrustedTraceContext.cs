using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Sentinel.ServiceDefaults.Callers;

/// <summary>
/// Adopts the trace of a request from trusted proxies only: from a stranger it would choose which of our traces are
/// recorded, and what they hang below. ASP.NET Core begins its span before the peer can be asked for, so that the
/// proxy's secret alone decides; where none is needed, in development, <see cref="StrangersTrace"/> has asked before.
/// </summary>
internal sealed class TrustedTraceContext(IOptionsMonitor<CallerOptions> options) : DistributedContextPropagator
{
    private readonly DistributedContextPropagator _inner = CreateDefaultPropagator();

    public override IReadOnlyCollection<string> Fields => _inner.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        _inner.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        (traceId, traceState) = (null, null);
        if (IsTrusted(carrier, getter))
        {
            _inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
        }
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier, PropagatorGetterCallback? getter) =>
        IsTrusted(carrier, getter) ? _inner.ExtractBaggage(carrier, getter) : null;

    private bool IsTrusted(object? carrier, PropagatorGetterCallback? getter)
    {
        var current = options.CurrentValue;
        if (current.ProxySecret.Length == 0 || getter is null)
        {
            return current.TrustedProxies.Length > 0;
        }

        getter(carrier, ClientAddressResolver.ProxySecret, out var shown, out _);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(shown ?? ""), Encoding.UTF8.GetBytes(current.ProxySecret));
    }
}
