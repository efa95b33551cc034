using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Tells the viewer how a change went.</summary>
internal sealed class Outcomes(NotificationService notifications, Words words)
{
    public bool Say(ApiFailure? failure, string success)
    {
        switch (failure)
        {
            case null:
                notifications.Notify(NotificationSeverity.Success, success, duration: 4000);
                return true;
            case ApiFailure.Refused refused:
                notifications.Notify(NotificationSeverity.Error, words["Nothing was changed."], TextOf(refused), 8000);
                return false;
            default:
                notifications.Notify(
                    NotificationSeverity.Error,
                    words["The change may not have been made."],
                    words["The admin API does not answer. Look again when it is back."],
                    8000);
                return false;
        }
    }

    public static string TextOf(ApiFailure.Refused refused)
    {
        var errors = refused.Problem.Errors?.SelectMany(static error => error.Value).ToList();
        return errors is { Count: > 0 }
            ? string.Join(' ', errors)
            : refused.Problem.Detail ?? refused.Problem.Title ?? "";
    }
}
