using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Who changed which settings when, and the way back.</summary>
public sealed partial class SettingHistory
{
    [Parameter, EditorRequired]
    public SettingsDocument Now { get; set; } = default!;

    /// <summary>Called when something was put back.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private Outcomes Outcomes { get; set; } = default!;

    private async Task PutBackAsync(SettingsHistory history, SettingsChange change)
    {
        var differences = WayBack(history, change);
        var isSure = await SettingDiffDialog.AskAsync(
            Dialogs, T["Put these settings back?"], T["Put back"], differences, Now.Settings);
        if (isSure)
        {
            var failure = await Api.RestoreSettingsAsync(Now.Version, change.Version - 1);
            Outcomes.Say(failure, T["The settings are put back."]);
            await Changed.InvokeAsync();
        }
    }

    /// <summary>What it takes to go back before a change: all later ones are undone too.</summary>
    private IReadOnlyList<SettingDifference> WayBack(SettingsHistory history, SettingsChange change)
    {
        var now = Now.Settings.ToDictionary(
            static it => it.Name, static it => it.IsSet ? it.Value : default(JsonElement?));
        return
        [
            .. history.Items
                .Where(it => it.Version >= change.Version)
                .OrderBy(static it => it.Version)
                .SelectMany(static it => it.Changes)
                .DistinctBy(static it => it.Name)
                .Select(it => new SettingDifference(it.Name, now.GetValueOrDefault(it.Name), it.From))
                .Where(static it => it.From?.GetRawText() != it.To?.GetRawText()),
        ];
    }
}
