using Microsoft.AspNetCore.Components;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Components.Shared;
using Sentinel.AdminUi.Sessions;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Pages;

/// <summary>A plain form, so that the cookie is set by an ordinary response.</summary>
public sealed partial class SignIn
{
    private string? _message;
    private DateTimeOffset? _lockedUntil;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInForm Form { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private bool Expired { get; set; }

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private OperatorLogin Login { get; set; } = default!;

    [Inject]
    private OperatorAddress Address { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    protected override void OnInitialized() => Form ??= new SignInForm();

    private async Task SignInAsync()
    {
        var request = new LoginRequest(Form.Username?.Trim() ?? "", Form.Password ?? "");
        var answer = await Login.AskAsync(request, HttpContext, HttpContext.RequestAborted);
        if (answer.Value is { } session)
        {
            await SessionTicket.IssueAsync(HttpContext, Address.Of(HttpContext), session);
            Navigation.NavigateTo(SignInAddress.Back(ReturnUrl));
            return;
        }

        if (answer.Failure is ApiFailure.Refused { Status: StatusCodes.Status429TooManyRequests } locked)
        {
            _lockedUntil = Time.GetUtcNow() + (locked.RetryAfter ?? TimeSpan.FromMinutes(1));
            HttpContext.Response.Headers.RetryAfter = locked.RetryAfter?.TotalSeconds.ToString("0", null);
        }

        _message = answer.Failure switch
        {
            ApiFailure.SignedOut => T["User name or password is wrong."],
            ApiFailure.Unavailable => T["The admin API does not answer. Try again in a moment."],
            _ when _lockedUntil is not null => T["Too many failed attempts. You can try again in"],
            ApiFailure.Refused refused => Outcomes.TextOf(refused, T),
            _ => T["The admin API gave no answer that the console understands."],
        };
    }

    /// <summary>What the form sends.</summary>
    public sealed class SignInForm
    {
        public string? Username { get; set; }

        public string? Password { get; set; }
    }
}
