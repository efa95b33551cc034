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

    internal StringComparison Comparison =>
        FoldsCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
