using System.ComponentModel.DataAnnotations;

namespace Sentinel.AdminApi.Alerts;

/// <summary>Where alerts go, and how hard it is tried.</summary>
public sealed class AlertOptions
{
    public const string SectionName = "Sentinel:Alerts";

    /// <summary>
    /// Where alerts are posted: an http or https address. Empty by default: nowhere. It often carries a token, so it
    /// is treated as a secret.
    /// </summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>What the receiver understands. Default <c>Generic</c>.</summary>
    public AlertFormat Format { get; set; }

    /// <summary>
    /// Signs what is posted, at least 16 characters; for Feishu and DingTalk also the secret of the bot. Empty by
    /// default: nothing is signed.
    /// </summary>
    public string Secret { get; set; } = "";

    /// <summary>The address of the console, such as <c>https://sentinel.example/admin/ui</c>, to link to.</summary>
    public string ConsoleUrl { get; set; } = "";

    /// <summary>
    /// Networks (CIDRs, comma-separated) in which a webhook may be although they are not public. Empty by default.
    /// Not a live setting: whoever may change the webhook must not thereby reach the inside of the house.
    /// </summary>
    public string AllowedTargets { get; set; } = "";

    /// <summary>How long the webhook may take for one answer. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one replica holds an alert before another may send it. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often an alert is sent before it is given up. Default 15, which takes about half a day.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 15;

    /// <summary>How long to wait after the first failure; it doubles with each. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time to wait between two attempts. Default 2 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How often to look for alerts that are due. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The webhook, if one is set.</summary>
    internal Uri? Webhook => Uri.TryCreate(WebhookUrl, UriKind.Absolute, out var address) ? address : null;
}

/// <summary>What the receiver of alerts understands.</summary>
public enum AlertFormat
{
    /// <summary>The alert as JSON.</summary>
    Generic,

    /// <summary>An incoming webhook of Slack, or of what imitates it.</summary>
    Slack,

    /// <summary>A custom bot of Feishu or Lark.</summary>
    Feishu,

    /// <summary>A custom robot of DingTalk.</summary>
    DingTalk,

    /// <summary><c>sendMessage</c> of a Telegram bot, with <c>?chat_id=</c> in the address.</summary>
    Telegram,

    /// <summary>A topic of ntfy.</summary>
    Ntfy,
}
