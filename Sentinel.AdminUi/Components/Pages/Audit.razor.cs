using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Components.Shared;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Pages;

/// <summary>Who changed what, when and from where; and the proof that nobody rewrote it.</summary>
public sealed partial class Audit
{
    private AuditVerdict? _verdict;
    private bool _isVerifying;

    [SupplyParameterFromQuery]
    private string? Actor { get; set; }

    [SupplyParameterFromQuery]
    private string? Action { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private Outcomes Outcomes { get; set; } = default!;

    private bool IsFiltered => (Actor ?? Action) is not null;

    private async Task<ApiAnswer<Stretch<AuditEntry>>> LoadAsync(string? cursor, CancellationToken cancellationToken)
    {
        var answer = await Api.AuditAsync(Actor, Action, cursor, cancellationToken);
        return answer.Select(static page => new Stretch<AuditEntry>(
            page.Items, page.Next?.ToString(CultureInfo.InvariantCulture)));
    }

    private async Task VerifyAsync()
    {
        _isVerifying = true;
        var answer = await Api.VerifyAuditAsync(CancellationToken.None);
        _isVerifying = false;
        _verdict = answer.Value;
        if (answer.Failure is not null)
        {
            Outcomes.Say(answer.Failure, "");
        }
    }

    private void Show(string filter, ChangeEventArgs change) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter(filter.ToLowerInvariant(), Queries.NullIfBlank((string?)change.Value)));
}
