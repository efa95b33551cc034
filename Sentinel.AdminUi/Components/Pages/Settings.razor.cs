using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Components.Shared;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Pages;

/// <summary>The live settings: what was typed stays until it is saved or discarded, whatever others change.</summary>
public sealed partial class Settings
{
    private static readonly Dictionary<string, string> _groups = new()
    {
        ["Decisions"] = "Binding keys",
        ["Callers"] = "Callers",
        ["Retention"] = "Retention",
        ["Alerts"] = "Alerts",
        ["Forwarding"] = "Forwarding",
        ["Operators"] = "Operators",
    };

    private readonly SettingDrafts _drafts = new();
    private Load<SettingsDocument>? _settings;
    private IReadOnlyDictionary<string, IReadOnlyList<string>>? _errors;

    private bool _mayChange;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private Outcomes Outcomes { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _mayChange = (await Session).User.IsInRole("admin");

    private Task ReloadAsync() => _settings?.ReloadAsync() ?? Task.CompletedTask;

    private void Discard()
    {
        _drafts.Clear();
        _errors = null;
    }

    private async Task SaveAsync(SettingsDocument now)
    {
        var differences = _drafts.Differences(now);
        if (differences.Count == 0 || !await SettingDiffDialog.AskAsync(
            Dialogs, T["Save these settings?"], T["Save"], differences, now.Settings))
        {
            return;
        }

        var failure = await Api.ChangeSettingsAsync(now.Version, _drafts.ToChanges(now));
        _errors = (failure as ApiFailure.Refused)?.Problem.Errors;
        if (Outcomes.Say(failure, T["The settings are saved."]))
        {
            _drafts.Clear();
        }

        await ReloadAsync();
    }
}
