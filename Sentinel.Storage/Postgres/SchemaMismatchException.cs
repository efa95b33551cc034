namespace Sentinel.Storage.Postgres;

/// <summary>The database holds a schema that this program must not work with. Nothing was changed.</summary>
public sealed class SchemaMismatchException(string message) : Exception(message);
