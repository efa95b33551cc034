namespace Sentinel.Storage;

/// <summary>
/// PostgreSQL could not answer: it is away, overloaded, read-only or has no schema yet. Everything in
/// <c>Sentinel.Storage.Postgres</c> reports an outage by this exception and by no other.
/// </summary>
public sealed class StoreUnavailableException(Exception cause)
    : Exception("PostgreSQL is not available: " + cause?.Message, cause);
