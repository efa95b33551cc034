using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Core.Routes;

/// <summary>
/// Path, method and host that lead to a downstream: what the gate needs to know of it, resolved once.
/// </summary>
/// <param name="Name">The name in the configuration; <c>default</c> for the route that takes everything.</param>
/// <param name="Access">What it asks of those who use it.</param>
/// <param name="Mode">What becomes of what would be refused; null for what counts everywhere.</param>
/// <param name="Downstream">The name of the service behind it.</param>
/// <param name="Profile">How that service reads keys, and in which realm; a public route declares no carrier.</param>
public sealed record GateRoute(string Name, RouteAccess Access, GateMode? Mode, string Downstream, Profile Profile)
{
    /// <summary>What is cut off the front of a path before it goes downstream; empty for nothing.</summary>
    public string StripPrefix { get; init; } = "";

    /// <summary>Whether a request without a key may pass.</summary>
    public bool IsPublic => Access is RouteAccess.Public;
}
