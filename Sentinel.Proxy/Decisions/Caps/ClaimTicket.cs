using System.Collections.Immutable;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions.Caps;

/// <summary>The leave to make one first use, and what has to be given back afterwards.</summary>
/// <param name="Caps">Where it was counted; empty for networks that are not.</param>
/// <param name="IsLocal">Whether only this replica counted it.</param>
/// <param name="Turn">Its turn, where first uses pass one at a time.</param>
internal sealed record ClaimTicket(ImmutableArray<ClaimCap> Caps, bool IsLocal, IDisposable? Turn);
