using System.Text.Json;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Core.Settings;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Settings;

namespace Sentinel.AdminApi.Settings;

/// <summary>Between what is stored and what an operator reads and writes.</summary>
internal static class SettingsForm
{
    private static readonly JsonElement _hidden = JsonSerializer.SerializeToElement("…");

    /// <summary>All settings with what they are set to.</summary>
    public static IReadOnlyList<SettingItem> Items(IReadOnlyDictionary<string, JsonElement> values) =>
        [.. LiveSettings.All.Select(setting => Item(setting, values))];

    /// <summary>Applies a partial document, in which null takes a setting back, and validates the whole.</summary>
    public static Dictionary<string, JsonElement> Apply(
        Dictionary<string, JsonElement> changes, IReadOnlyDictionary<string, JsonElement> current, FieldErrors errors)
    {
        var values = new Dictionary<string, JsonElement>(current);
        foreach (var (name, value) in changes)
        {
            if (value.ValueKind is JsonValueKind.Null)
            {
                _ = values.Remove(name);
            }
            else
            {
                values[name] = value;
                var fault = LiveSettings.Find(name)?.FaultOf(value);
                errors.Check(fault is null, name, fault ?? "");
            }

            errors.Check(LiveSettings.Find(name) is not null, name, "There is no such setting.");
        }

        if (!errors.Any)
        {
            errors.Check(
                Number("claimWait", values) <= Number("claimLease", values),
                "claimWait",
                "Nobody can wait longer than claimLease.");
        }

        return values;
    }

    /// <summary>What a state changed in the one before it.</summary>
    public static SettingsChange Compare(SettingsState state, SettingsState before)
    {
        var names = state.Values.Keys.Union(before.Values.Keys).Order(StringComparer.Ordinal);
        var differences = names
            .Select(name => new SettingDifference(name, Find(name, before.Values), Find(name, state.Values)))
            .Where(it => it.From?.GetRawText() != it.To?.GetRawText())
            .Select(it => IsSecret(it.Name) ? new SettingDifference(it.Name, Hide(it.From), Hide(it.To)) : it);
        return new SettingsChange(state.Version, state.ChangedAt, state.ChangedBy, [.. differences]);
    }

    /// <summary>Seals the secrets among changed values: as they came they are nowhere kept.</summary>
    public static void Seal(
        Dictionary<string, JsonElement> values, IEnumerable<string> changed, SettingSeal seal, FieldErrors errors)
    {
        foreach (var name in changed.Where(name => values.ContainsKey(name) && IsSecret(name)))
        {
            errors.Check(seal.CanOpen, name, "Without ADMIN_JWT_SECRET this admin API keeps no secret settings.");
            if (!seal.CanOpen)
            {
                continue;
            }

            values[name] = JsonSerializer.SerializeToElement(seal.Seal(name, values[name].GetString()!));
        }
    }

    private static SettingItem Item(LiveSetting setting, IReadOnlyDictionary<string, JsonElement> values)
    {
        var value = Find(setting.Name, values);
        return new SettingItem(
            setting.Name,
            setting.IsSecret ? "secret" : setting.Kind.ToString().ToLowerInvariant(),
            setting.IsSecret ? setting.Default : value ?? setting.Default,
            value is not null,
            setting.Default,
            setting.IsNumber ? setting.Minimum : null,
            setting.IsNumber ? setting.Maximum : null,
            setting.Kind is SettingKind.Choice ? setting.Choices : null,
            setting.Effect,
            setting.Group);
    }

    /// <summary>The trusted proxies as the programs have them; null if they are not set.</summary>
    public static string? TrustedProxies(Dictionary<string, JsonElement> values) =>
        Find("trustedProxies", values) is { } networks
            ? LiveSettings.Find("trustedProxies")!.ToConfiguration(networks)
            : null;

    private static bool IsSecret(string name) => LiveSettings.Find(name) is { IsSecret: true };

    private static JsonElement? Hide(JsonElement? value) => value is null ? null : _hidden;

    private static long Number(string name, Dictionary<string, JsonElement> values) =>
        (Find(name, values) ?? LiveSettings.Find(name)!.Default).GetInt64();

    private static JsonElement? Find(string name, IReadOnlyDictionary<string, JsonElement> values) =>
        values.TryGetValue(name, out var value) ? value : null;
}
