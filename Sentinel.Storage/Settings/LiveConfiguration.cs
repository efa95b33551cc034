using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Sentinel.Core.Settings;
using Sentinel.Storage.Postgres;

namespace Sentinel.Storage.Settings;

/// <summary>
/// Gives the live settings to .NET's configuration, above all other sources: whatever reads its options by
/// <c>IOptionsMonitor</c> follows them.
/// </summary>
internal sealed class LiveConfiguration : ConfigurationProvider, IConfigurationSource
{
    private long _version;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Takes a state over, unless it is the one that counts already.</summary>
    /// <returns>The secret settings that this program should be able to read and cannot.</returns>
    public IReadOnlyList<string> Apply(SettingsState state, SettingSeal seal)
    {
        if (state.Version == _version)
        {
            return [];
        }

        _version = state.Version;
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var unreadable = new List<string>();
        foreach (var setting in LiveSettings.All.Where(setting => state.Values.ContainsKey(setting.Name)))
        {
            if (Read(setting, state.Values[setting.Name], seal) is not { } value)
            {
                unreadable.Add(setting.Name);
            }
            else if (setting.FaultOf(value) is null)
            {
                data[setting.Path] = setting.ToConfiguration(value);
            }
        }

        Data = data;
        OnReload();
        return seal.CanOpen ? unreadable : [];
    }

    private static JsonElement? Read(LiveSetting setting, JsonElement value, SettingSeal seal)
    {
        if (!setting.IsSecret)
        {
            return value;
        }

        var box = value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        return seal.Open(setting.Name, box) is { } text ? JsonSerializer.SerializeToElement(text) : null;
    }
}
