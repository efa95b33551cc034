namespace Sentinel.Storage.Backups;

/// <summary>What a backup holds of the database.</summary>
/// <param name="Schema">The newest migration that it was made with.</param>
/// <param name="Tables">Its tables; one that refers to another comes after it.</param>
public sealed record DatabaseContent(int Schema, IReadOnlyList<TableContent> Tables);

/// <summary>The rows of one table, in PostgreSQL's own text format.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="Columns">What each line holds.</param>
/// <param name="Rows">How many lines there are.</param>
/// <param name="Sha256">Of the lines, in hexadecimal digits.</param>
public sealed record TableContent(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256);

/// <summary>The backup cannot be restored here. Nothing was changed.</summary>
public sealed class BackupMismatchException(string message) : Exception(message);
