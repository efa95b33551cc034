using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>
/// Frees a key, and makes the operator say for whom when others have been trying it: after an unbind a thief's retry
/// loop would be first.
/// </summary>
public sealed partial class UnbindDialog
{
    private IReadOnlyList<RefusedNetwork> _networks = [];
    private IReadOnlyList<RefusedNetwork>? _refused;
    private string? _next;
    private string? _other;
    private string? _error;
    private bool _isOther;
    private bool _isReleased;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public BindingItem Item { get; set; } = default!;

    [Inject]
    private AdminApiClient Api { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private Outcomes Outcomes { get; set; } = default!;

    private bool IsDecided => _networks.Count == 0 || _next is not null || _isReleased
        || (_isOther && !string.IsNullOrWhiteSpace(_other));

    internal static async Task<bool> AskAsync(DialogService dialogs, Words words, BindingItem item) =>
        await dialogs.OpenAsync<UnbindDialog>(
            words["Unbind {0}?", item.Hint],
            new Dictionary<string, object?> { [nameof(Item)] = item },
            new DialogOptions { Width = "min(34rem, 94vw)" }) is true;

    private async Task UnbindAsync()
    {
        _isBusy = true;
        var next = _isOther ? _other?.Trim() : _next;
        var failure = await Api.UnbindAsync(new UnbindRequest(Item.Id, next, _isReleased));
        _isBusy = false;
        if (failure is ApiFailure.Refused { Problem.RefusedNetworks: { Count: > 0 } refused })
        {
            _refused = refused;
            _networks = refused;
            return;
        }

        if (failure is ApiFailure.Refused other)
        {
            _error = Outcomes.TextOf(other, T);
            return;
        }

        Outcomes.Say(failure, next is null ? T["{0} is free.", Item.Hint] : T["{0} is bound to {1}.", Item.Hint, next]);
        Dialogs.Close(true);
    }

    private void Choose(string network) => (_next, _isOther, _isReleased, _error) = (network, false, false, null);

    private void ChooseOther() => (_next, _isOther, _isReleased, _error) = (null, true, false, null);

    private void Release() => (_next, _isOther, _isReleased, _error) = (null, false, true, null);
}
