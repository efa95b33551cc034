using System.Text.Json;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>What the operator typed and did not save yet. It outlives a reload of the settings.</summary>
public sealed class SettingDrafts
{
    // Null: the setting is to be taken back.
    private readonly Dictionary<string, string?> _texts = [];

    public string TextOf(SettingItem item) => SettingText.OfValue(item.Value) is var saved
        && _texts.TryGetValue(item.Name, out var text) ? text ?? SettingText.OfValue(item.Default) : saved;

    public bool IsSet(SettingItem item) => _texts.TryGetValue(item.Name, out var text) ? text is not null : item.IsSet;

    public bool IsChanged(SettingItem item) => _texts.TryGetValue(item.Name, out var text)
        && (text is null ? item.IsSet : !IsSame(SettingText.Parse(text, item), item.Value));

    public bool IsFaulty(SettingItem item) =>
        _texts.TryGetValue(item.Name, out var text) && text is not null && SettingText.Parse(text, item) is null;

    public void Type(SettingItem item, string text) => _texts[item.Name] = text;

    public void TakeBack(SettingItem item) => _texts[item.Name] = null;

    public void Clear() => _texts.Clear();

    /// <summary>What saving would change.</summary>
    public IReadOnlyList<SettingDifference> Differences(SettingsDocument settings) =>
    [
        .. settings.Settings.Where(IsChanged).Select(item => new SettingDifference(
            item.Name,
            item.IsSet ? item.Value : null,
            _texts[item.Name] is { } text ? SettingText.Parse(text, item) : null)),
    ];

    /// <summary>What to send; null takes a setting back.</summary>
    public Dictionary<string, JsonElement?> ToChanges(SettingsDocument settings) =>
        Differences(settings).ToDictionary(static it => it.Name, static it => it.To);

    private static bool IsSame(JsonElement? draft, JsonElement saved) =>
        draft is { } value && JsonElement.DeepEquals(value, saved);
}
