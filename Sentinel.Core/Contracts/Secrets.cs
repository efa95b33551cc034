namespace Sentinel.Core.Contracts;

/// <summary>
/// A secret under which keys are known: <c>GET /admin/api/secrets</c>. It is retired by
/// <c>POST /admin/api/secrets/retire</c> when no binding is named under it any more.
/// </summary>
/// <param name="Id">Its number, as in <c>SENTINEL_HMAC_SECRET_ID</c>.</param>
/// <param name="UsedSince">When it was taken into use.</param>
/// <param name="InUse">Whether new bindings are named under it.</param>
/// <param name="Bindings">How many bindings are named under it.</param>
/// <param name="Banned">How many of them are banned.</param>
/// <param name="Archived">How many of them are archived.</param>
public sealed record SecretItem(
    int Id, DateTimeOffset UsedSince, bool InUse, long Bindings, long Banned, long Archived);

/// <summary>Asks to retire a secret.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Force">
/// Also if bindings are named under it: their keys are unknown from then on, those of banned ones too.
/// </param>
public sealed record RetireSecret(int Id, bool Force = false);
