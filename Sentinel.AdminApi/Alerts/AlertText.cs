using System.Globalization;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Alerts;

/// <summary>An alert in the words that a person reads.</summary>
internal static class AlertText
{
    public const string Title = "Sentinel: a key was refused";

    public static string Of(AlertEvent alert, Uri? link)
    {
        var window = TimeSpan.FromSeconds(alert.WindowSeconds).TotalMinutes;
        var happened = alert.Kind == "test"
            ? "Sentinel: this is a test. An alert about a key would look like this."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Sentinel: key {alert.Hint} was refused {alert.Count} times within {window:0.#} min.");
        string[] lines =
        [
            happened,
            $"Reason: {alert.Reason}{(alert.Observed ? " (observed only: the requests were forwarded)" : "")}",
            $"From: {alert.Caller ?? "unknown"}",
            $"Bound to: {(alert.Networks.Count == 0 ? "nothing yet" : string.Join(", ", alert.Networks))}",
            .. link is null ? Array.Empty<string>() : [link.ToString()],
        ];
        return string.Join('\n', lines);
    }

    /// <summary>Where the console shows more about it; null if nobody said where the console is.</summary>
    public static Uri? Link(AlertEvent alert, string consoleUrl)
    {
        if (!Uri.TryCreate(consoleUrl.TrimEnd('/') + '/', UriKind.Absolute, out var console))
        {
            return null;
        }

        return new Uri(console, alert.BindingId is { } binding ? $"bindings?q={binding}" : "intercepts");
    }
}
