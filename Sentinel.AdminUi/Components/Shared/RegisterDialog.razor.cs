using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Binds a key to networks before its first use, so that nobody else can be the first.</summary>
public sealed partial class RegisterDialog
{
    private string? _key;
    private string _fingerprint = "";
    private string _hint = "";
    private string _networks = "";
    private string _label = "";
    private bool _isFingerprint;
    private bool _isBusy;
    private ApiFailure? _failure;

    [Inject]
    private AdminApiClient Api { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    /// <summary>Gives the binding; null if none was made.</summary>
    internal static async Task<BindingItem?> AskAsync(DialogService dialogs, Words words) =>
        await dialogs.OpenAsync<RegisterDialog>(
            words["Bind a key"], options: new DialogOptions { Width = "min(34rem, 94vw)" });

    private async Task BindAsync()
    {
        _isBusy = true;
        var answer = await Api.RegisterAsync(new NewBinding(
            NetworkText.Split(_networks),
            _isFingerprint ? null : _key?.Trim(),
            _isFingerprint ? _fingerprint.Trim() : null,
            _isFingerprint ? Queries.NullIfBlank(_hint) : null,
            Queries.NullIfBlank(_label)));
        _isBusy = false;
        _failure = answer.Failure;
        if (answer.Value is { } item)
        {
            Dialogs.Close(item);
        }
    }
}
