using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Makes a token for a script, and shows it once.</summary>
public sealed partial class TokenDialog
{
    private string _name = "";
    private int _days = 90;
    private string _role = "viewer";
    private string _most = "viewer";
    private MadeToken? _made;
    private ApiFailure? _failure;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject]
    private AdminApiClient Api { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    internal static Task OpenAsync(DialogService dialogs, Words words) =>
        dialogs.OpenAsync<TokenDialog>(
            words["Make a token"], options: new DialogOptions { Width = "min(32rem, 94vw)" });

    protected override async Task OnInitializedAsync() =>
        _most = (await Session).User.FindFirstValue(ClaimTypes.Role) ?? _most;

    private async Task MakeAsync()
    {
        var answer = await Api.MakeTokenAsync(new NewToken(_name.Trim(), _role, _days));
        (_made, _failure) = (answer.Value, answer.Failure);
    }
}
