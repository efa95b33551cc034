namespace Sentinel.Core.Credentials;

/// <summary>How a downstream reads keys: which carriers it looks at, and which spellings are one key to it.</summary>
/// <param name="Name">The name in the configuration.</param>
/// <param name="Declared">The carriers that are checked; all others are removed.</param>
/// <param name="Shape">Which spellings are one key.</param>
public sealed record Profile(string Name, Carriers Declared, KeyShape Shape = KeyShape.Whole)
{
    /// <summary>
    /// Whether keys that differ in the case of ASCII letters are one key. Databases compare so unless told otherwise.
    /// </summary>
    public bool FoldsCase { get; init; } = true;

    /// <summary>
    /// Whose keys these are. Downstreams of one realm share bindings; the same key has another fingerprint in another
    /// realm. Empty for the realm of all that name none.
    /// </summary>
    public string Realm { get; init; } = "";

    internal StringComparison Comparison =>
        FoldsCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
