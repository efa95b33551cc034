namespace Sentinel.Storage.Postgres;

/// <summary>Patterns for ILIKE.</summary>
internal static class Like
{
    /// <summary>Finds the text anywhere; what it holds of wildcards stands for itself.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
}
