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
    public void Apply(SettingsState state)
    {
        if (state.Version == _version)
        {
            return;
        }

        _version = state.Version;
        Data = LiveSettings.All
            .Where(setting => state.Values.TryGetValue(setting.Name, out var value) && setting.FaultOf(value) is null)
            .ToDictionary(
                setting => setting.Path,
                string? (setting) => setting.ToConfiguration(state.Values[setting.Name]),
                StringComparer.OrdinalIgnoreCase);
        OnReload();
    }
}
