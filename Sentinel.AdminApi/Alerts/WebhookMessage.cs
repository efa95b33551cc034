using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Web;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Alerts;

/// <summary>An alert as its receiver wants it.</summary>
/// <seealso href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"/>
/// <seealso href="https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot"/>
/// <seealso href="https://open.dingtalk.com/document/robots/custom-robot-access"/>
/// <seealso href="https://core.telegram.org/bots/api#sendmessage"/>
/// <seealso href="https://docs.ntfy.sh/publish/"/>
internal static class WebhookMessage
{
    public static HttpRequestMessage Create(AlertEvent alert, AlertOptions options, DateTimeOffset now)
    {
        var link = AlertText.Link(alert, options.ConsoleUrl);
        var text = AlertText.Of(alert, link);
        var webhook = options.Webhook!;
        var message = options.Format switch
        {
            AlertFormat.Generic => Post(webhook, Json(Generic(alert, text, link))),
            AlertFormat.Slack => Post(webhook, Json(new { text = ForSlack(text) })),
            AlertFormat.Feishu => Post(webhook, Json(ForFeishu(text, options.Secret, now))),
            AlertFormat.DingTalk => Post(
                WebhookSignature.ForDingTalk(webhook, options.Secret, now),
                Json(new { msgtype = "text", text = new { content = text } })),
            AlertFormat.Telegram => Post(webhook, Json(ForTelegram(text, webhook))),
            AlertFormat.Ntfy => ForNtfy(webhook, text, link),
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
        return message;
    }

    private static HttpRequestMessage Post(Uri webhook, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json, "utf-8");
        return new HttpRequestMessage(HttpMethod.Post, webhook) { Content = content };
    }

    private static byte[] Json(object body) => JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);

    private static object Generic(AlertEvent alert, string text, Uri? link) => new
    {
        alert.Id, alert.Kind, alert.OccurredAt, alert.Hint, alert.BindingId, alert.Networks, alert.Caller, alert.Reason,
        alert.Count, alert.WindowSeconds, alert.Observed, text, link,
    };

    private static string ForSlack(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static object ForFeishu(string text, string secret, DateTimeOffset now)
    {
        var content = new { text };
        return secret.Length == 0
            ? new { msg_type = "text", content }
            : new
            {
                timestamp = WebhookSignature.Seconds(now),
                sign = WebhookSignature.ForFeishu(secret, now),
                msg_type = "text",
                content,
            };
    }

    private static object ForTelegram(string text, Uri webhook) => new
    {
        chat_id = HttpUtility.ParseQueryString(webhook.Query)["chat_id"],
        text,
        link_preview_options = new { is_disabled = true },
    };

    private static HttpRequestMessage ForNtfy(Uri webhook, string text, Uri? link)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, webhook)
        {
            Content = new StringContent(text, Encoding.UTF8, MediaTypeNames.Text.Plain),
            Headers = { { "Title", AlertText.Title }, { "Priority", "high" }, { "Tags", "warning" } },
        };
        if (link is not null)
        {
            message.Headers.Add("Click", link.AbsoluteUri);
        }

        return message;
    }
}
