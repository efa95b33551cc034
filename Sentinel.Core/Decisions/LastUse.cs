using Sentinel.Core.Callers;

namespace Sentinel.Core.Decisions;

/// <summary>When and from where a bound key was last let through.</summary>
/// <param name="BindingId">The key's binding.</param>
/// <param name="At">When it was used.</param>
/// <param name="Caller">From where it was used.</param>
public sealed record LastUse(Guid BindingId, DateTimeOffset At, ClientAddress Caller);
