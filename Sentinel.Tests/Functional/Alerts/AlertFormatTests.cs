using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Alerts;

public sealed class AlertFormatTests(AlertWorld world) : IClassFixture<AlertWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slack_gets_a_text()
    {
        var received = await DeliverAsync("Slack", "/services/T/B/X");

        Assert.Equal("/services/T/B/X", received.Target);
        Assert.Contains(
            "key sk-…wxyz was refused 12 times within 5 min.", received.Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Feishu_gets_a_signed_text()
    {
        var received = await DeliverAsync("Feishu", "/open-apis/bot/v2/hook/X");

        var timestamp = received.Json.GetProperty("timestamp").GetString();
        Assert.Equal("text", received.Json.GetProperty("msg_type").GetString());
        Assert.Contains("sk-…wxyz", received.Json.GetProperty("content").GetProperty("text").GetString());
        Assert.Equal(Hmac($"{timestamp}\n{AlertWorld.Secret}", ""), received.Json.GetProperty("sign").GetString());
    }

    [Fact]
    public async Task DingTalk_gets_a_text_and_the_signature_in_the_query()
    {
        var received = await DeliverAsync("DingTalk", "/robot/send?access_token=X");

        var query = System.Web.HttpUtility.ParseQueryString(received.Target[received.Target.IndexOf('?')..]);
        Assert.Equal("X", query["access_token"]);
        Assert.Equal(Hmac(AlertWorld.Secret, $"{query["timestamp"]}\n{AlertWorld.Secret}"), query["sign"]);
        Assert.Contains("sk-…wxyz", received.Json.GetProperty("text").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Telegram_gets_a_text_for_the_chat_of_the_address()
    {
        var received = await DeliverAsync("Telegram", "/botX/sendMessage?chat_id=-100200");

        Assert.Equal("-100200", received.Json.GetProperty("chat_id").GetString());
        Assert.Contains("sk-…wxyz", received.Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Ntfy_gets_plain_text_with_a_title_and_a_link()
    {
        var received = await DeliverAsync("Ntfy", "/my-topic");

        Assert.StartsWith("Sentinel: key sk-…wxyz", received.Body);
        Assert.Equal("Sentinel: a key was refused", received.Headers["Title"]);
        Assert.StartsWith("https://console.example/admin/ui/bindings?q=", received.Headers["Click"]);
    }

    [Theory]
    [InlineData("Feishu", """{"code":19024,"msg":"Key Words Not Found"}""")]
    [InlineData("DingTalk", """{"errcode":310000,"errmsg":"sign not match"}""")]
    public async Task Answer_that_says_no_with_status_200_is_a_failure(string format, string answer)
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = (_, context) => context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer)).AsTask();
        await using var api = world.Start(receiver.Address, ("Sentinel:Alerts:Format", format));
        using var client = await api.SignInAsync();

        using var test = await client.PostAsync("/admin/api/alerts/test", null, Cancel);
        var delivery = await test.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Delivery>(Cancel);

        Assert.Equal(("failed", 200), (delivery!.State, delivery.LastStatus!.Value));
        Assert.Contains("code", delivery.LastError);
    }

    private static string Hmac(string key, string text) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    private async Task<ReceivedAlert> DeliverAsync(string format, string target)
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var api = world.Start(new Uri(receiver.Address, target), ("Sentinel:Alerts:Format", format));
        var alert = await world.RaiseAsync();

        // What the test before ended without noting comes again, perhaps here: that one is not meant.
        await Eventually.Holds(() => receiver.Received.Any(it => it.Id == alert.Id));
        return receiver.Received.First(it => it.Id == alert.Id);
    }
}
