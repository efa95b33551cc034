using System.Text.Json;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>The live settings and what became of them.</summary>
internal static class SettingCalls
{
    public static Task<ApiAnswer<SettingsDocument>> SettingsAsync(
        this AdminApiClient api, CancellationToken cancellationToken) =>
        api.GetAsync<SettingsDocument>("settings", cancellationToken);

    public static Task<ApiAnswer<SettingsHistory>> SettingsHistoryAsync(
        this AdminApiClient api, CancellationToken cancellationToken) =>
        api.GetAsync<SettingsHistory>("settings/history", cancellationToken);

    /// <summary>Changes some settings, unless somebody else did since; null takes one back.</summary>
    public static Task<ApiFailure?> ChangeSettingsAsync(
        this AdminApiClient api, long version, IReadOnlyDictionary<string, JsonElement?> changes) =>
        api.ChangeAsync(HttpMethod.Put, "settings", changes, ifMatch: version);

    /// <summary>Makes an earlier version count again, unless somebody else changed something since.</summary>
    public static Task<ApiFailure?> RestoreSettingsAsync(this AdminApiClient api, long version, long earlier) =>
        api.ChangeAsync(HttpMethod.Post, "settings/restore", new RestoreRequest(earlier), ifMatch: version);
}
