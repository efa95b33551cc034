namespace Sentinel.Storage;

/// <summary>Somebody sent a character that PostgreSQL cannot keep or look for: NUL, or half of one.</summary>
public sealed class UnstorableTextException(Exception cause)
    : Exception("PostgreSQL cannot keep a text: " + cause?.Message, cause);
