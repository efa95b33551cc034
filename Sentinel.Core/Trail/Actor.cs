using Sentinel.Core.Callers;

namespace Sentinel.Core.Trail;

/// <summary>Who changes something.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Caller">The address that the change came from; null for Sentinel itself.</param>
public sealed record Actor(string Name, ClientAddress? Caller)
{
    /// <summary>Sentinel itself, on its own schedule.</summary>
    public static readonly Actor Sentinel = new("sentinel", Caller: null);
}
