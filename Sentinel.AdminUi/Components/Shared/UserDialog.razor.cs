using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Adds an operator, or changes one.</summary>
public sealed partial class UserDialog
{
    private string _username = "";
    private string _password = "";
    private string _role = "viewer";
    private bool _isDisabled;
    private bool _isBusy;
    private ApiFailure? _failure;

    /// <summary>Who is changed; null adds somebody.</summary>
    [Parameter]
    public UserItem? User { get; set; }

    [Inject]
    private AdminApiClient Api { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    /// <summary>Gives whether somebody was added or changed.</summary>
    internal static async Task<bool> OpenAsync(DialogService dialogs, Words words, UserItem? user) =>
        await dialogs.OpenAsync<UserDialog>(
            user is null ? words["Add an operator"] : words["Change {0}", user.Username],
            new Dictionary<string, object?> { [nameof(User)] = user },
            new DialogOptions { Width = "min(30rem, 94vw)" }) is true;

    protected override void OnInitialized() =>
        (_role, _isDisabled) = User is null ? (_role, false) : (User.Role, User.IsDisabled);

    private async Task SaveAsync()
    {
        _isBusy = true;
        var password = _password.Length > 0 ? _password : null;
        _failure = User is null
            ? await Api.AddUserAsync(new NewUser(_username.Trim(), _password, _role))
            : await Api.ChangeUserAsync(User.Id, new UserChange(_role, _isDisabled, password));
        _isBusy = false;
        if (_failure is null)
        {
            Dialogs.Close(true);
        }
    }
}
