using System.Text.Json;

namespace Sentinel.Core.Contracts;

/// <summary>All live settings: <c>GET /admin/api/settings</c>. Its version is also the <c>ETag</c>.</summary>
/// <param name="Version">Grows by one with each change.</param>
/// <param name="Settings">The settings.</param>
public sealed record SettingsDocument(long Version, IReadOnlyList<SettingItem> Settings);

/// <summary>A live setting, with all that a form needs.</summary>
/// <param name="Name">The name under which it is changed.</param>
/// <param name="Kind"><c>boolean</c>, <c>number</c>, <c>seconds</c>, <c>choice</c>, <c>networks</c>,
/// <c>address</c>, <c>text</c> or <c>secret</c>, which is a text that can only be written.</param>
/// <param name="Value">What it is set to; the default if it is not, and of a secret nothing.</param>
/// <param name="IsSet">Whether an operator set it; else the environment may still say otherwise than the
/// default.</param>
/// <param name="Default">What counts while nobody set it anywhere.</param>
/// <param name="Minimum">The smallest number.</param>
/// <param name="Maximum">The largest number.</param>
/// <param name="Choices">The words to choose from; null for what is no choice.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Group">The room that it belongs to, such as <c>Decisions</c>.</param>
public sealed record SettingItem(
    string Name,
    string Kind,
    JsonElement Value,
    bool IsSet,
    JsonElement Default,
    long? Minimum,
    long? Maximum,
    IReadOnlyList<string>? Choices,
    string Effect,
    string Group);

/// <summary>The changes, the latest first: <c>GET /admin/api/settings/history</c>.</summary>
/// <param name="Items">The changes.</param>
public sealed record SettingsHistory(IReadOnlyList<SettingsChange> Items);

/// <summary>One change of settings.</summary>
/// <param name="Version">The version that it made.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="ChangedBy">By whom.</param>
/// <param name="Changes">What became what; null stands for "not set".</param>
public sealed record SettingsChange(
    long Version, DateTimeOffset ChangedAt, string ChangedBy, IReadOnlyList<SettingDifference> Changes);

/// <summary>What became of one setting.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">What it was, of a secret only "…"; null if it was not set.</param>
/// <param name="To">What it is, of a secret only "…"; null if it is not set any more.</param>
public sealed record SettingDifference(string Name, JsonElement? From, JsonElement? To);

/// <summary>Puts an earlier state back: <c>POST /admin/api/settings/restore</c>.</summary>
/// <param name="Version">The version whose values shall count again.</param>
public sealed record RestoreRequest(long Version);
