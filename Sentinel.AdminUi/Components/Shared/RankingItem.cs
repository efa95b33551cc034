namespace Sentinel.AdminUi.Components.Shared;

/// <summary>One line of a ranking, and where a click on it leads.</summary>
public sealed record RankingItem(string Name, long Count, string Address);
