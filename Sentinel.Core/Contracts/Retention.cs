namespace Sentinel.Core.Contracts;

/// <summary>Asks for a sweep at once: <c>POST /admin/api/retention/run</c>.</summary>
/// <param name="DryRun">Changes nothing and only tells what would go; also <c>?dryRun=true</c>.</param>
public sealed record RetentionRequest(bool DryRun = false);

/// <summary>What a sweep removed, or what it would remove.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Bindings">How many unused bindings are archived: their networks may still use the key.</param>
/// <param name="Sample">Some of these bindings, the longest unused first; only of a dry run.</param>
/// <param name="Partitions">The months of the intercept log that are dropped.</param>
/// <param name="Claims">How many lapsed claims are removed.</param>
/// <param name="Deliveries">How many old deliveries of alerts are removed.</param>
public sealed record RetentionReport(
    bool DryRun,
    long Bindings,
    IReadOnlyList<BindingItem> Sample,
    IReadOnlyList<LogMonth> Partitions,
    long Claims,
    long Deliveries);

/// <summary>A month of the intercept log.</summary>
/// <param name="Name">The name of its table.</param>
/// <param name="Rows">How many rows it has, as far as PostgreSQL's statistics tell.</param>
public sealed record LogMonth(string Name, long Rows);
