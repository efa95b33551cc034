namespace Sentinel.AdminUi.Components.Shared;

/// <summary>A piece of a long list, and the cursor of what follows; null at the end.</summary>
public sealed record Stretch<TItem>(IReadOnlyList<TItem> Items, string? Next);
