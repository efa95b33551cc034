using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Tells the viewer how a change went.</summary>
internal sealed class Outcomes(NotificationService notifications, Words words)
{
    private const int GladFor = 4_000;
    private const int SorryFor = 8_000;
    private const int UndoableFor = 10_000;

    /// <summary>Tells of success or failure; a success that can be undone offers that.</summary>
    /// <returns>Whether it was a success.</returns>
    public bool Say(ApiFailure? failure, string success, Func<Task>? undo = null)
    {
        if (failure is not null)
        {
            Regret(failure);
            return false;
        }

        var message = Message(NotificationSeverity.Success, success, undo is null ? GladFor : UndoableFor);
        if (undo is not null)
        {
            message.DetailContent = UndoButton.Of(words["Undo"], message, undo);
        }

        notifications.Notify(message);
        return true;
    }

    /// <summary>Tells of something that was done, and yet is not as it should be.</summary>
    public void Warn(string summary, string? detail)
    {
        var message = Message(NotificationSeverity.Warning, summary, SorryFor);
        message.Detail = detail is null ? "" : words.Heard(detail);
        notifications.Notify(message);
    }

    /// <summary>Why the admin API refused, in the viewer's language.</summary>
    public static string TextOf(ApiFailure.Refused refused, Words words)
    {
        var errors = refused.Problem.Errors?.SelectMany(static error => error.Value).ToList();
        return errors is { Count: > 0 }
            ? string.Join(' ', errors.Select(words.Heard))
            : words.Heard(refused.Problem.Detail ?? refused.Problem.Title ?? "");
    }

    private void Regret(ApiFailure failure)
    {
        var refused = failure as ApiFailure.Refused;
        var message = Message(
            NotificationSeverity.Error,
            refused is null ? words["The change may not have been made."] : words["Nothing was changed."],
            SorryFor);
        message.Detail = refused is null
            ? words["The admin API does not answer. Look again when it is back."]
            : TextOf(refused, words);
        notifications.Notify(message);
    }

    private NotificationMessage Message(NotificationSeverity severity, string summary, int duration) =>
        new() { Severity = severity, Summary = summary, Duration = duration, CloseAriaLabel = words["Close"] };
}
