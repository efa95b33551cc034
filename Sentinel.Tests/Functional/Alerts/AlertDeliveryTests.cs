using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Alerts;

public sealed class AlertDeliveryTests(AlertWorld world) : IClassFixture<AlertWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alert_tells_who_was_refused_where_and_is_signed()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var api = world.Start(receiver.Address);

        var alert = await world.RaiseAsync();
        await Eventually.Holds(() => receiver.Received.Any(it => it.Id == alert.Id));

        var received = receiver.Received.Single(it => it.Id == alert.Id);
        Assert.True(received.IsSignedWith(AlertWorld.Secret));
        Assert.False(received.Headers.ContainsKey("traceparent"));
        Assert.Equal(alert.Hint, received.Json.GetProperty("hint").GetString());
        Assert.Equal("203.0.113.7/32", received.Json.GetProperty("networks")[0].GetString());
        Assert.Equal($"{The.Stranger}", received.Json.GetProperty("caller").GetString());
        Assert.Equal("address_mismatch", received.Json.GetProperty("reason").GetString());
        Assert.Equal(12, received.Json.GetProperty("count").GetInt32());
        Assert.Equal(
            $"https://console.example/admin/ui/bindings?q={alert.BindingId}",
            received.Json.GetProperty("link").GetString());
        await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "delivered");
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status302Found)]
    public async Task Alert_that_is_not_taken_comes_again_under_the_same_id(int status)
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = (received, context) =>
        {
            var attempt = receiver.Received.Count(it => it.Id == received.Id);
            context.Response.StatusCode = attempt <= 2 ? status : StatusCodes.Status204NoContent;
            context.Response.Headers.Location = $"{receiver.Address}elsewhere";
            return Task.CompletedTask;
        };
        await using var api = world.Start(receiver.Address);

        var alert = await world.RaiseAsync();
        await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "delivered");

        Assert.Equal(3, receiver.Received.Count(it => it.Id == alert.Id));
        Assert.DoesNotContain(receiver.Received, it => it.Target == "/elsewhere");
        Assert.Equal(3, (await world.DeliveryAsync(alert.Id)).Attempts);
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("R")]
    public async Task Receiver_that_wants_to_be_left_alone_for_an_hour_is(string format)
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            var inAnHour = DateTimeOffset.UtcNow.AddHours(1).ToString("R", CultureInfo.InvariantCulture);
            context.Response.Headers.RetryAfter = format == "R" ? inAnHour : format;
            return Task.CompletedTask;
        };
        await using var api = world.Start(receiver.Address);

        var alert = await world.RaiseAsync();
        await Eventually.Holds(async () => (await world.DeliveryAsync(alert.Id)).LastStatus == 503);

        var pending = await world.DeliveryAsync(alert.Id);
        Assert.InRange(
            pending.NextAttemptAt!.Value, DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(61));
    }

    [Fact]
    public async Task Alert_that_nobody_takes_is_given_up_and_can_be_sent_again()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        var isBroken = true;
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = isBroken ? 500 : 200;
            return Task.CompletedTask;
        };
        await using var api = world.Start(receiver.Address, ("Sentinel:Alerts:MaxAttempts", "3"));
        using var client = await api.SignInAsync();

        var alert = await world.RaiseAsync();
        await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "failed");
        var failed = await world.DeliveryAsync(alert.Id);
        isBroken = false;
        using var replay = await client.PostAsync($"/admin/api/alerts/deliveries/{alert.Id}/replay", null, Cancel);
        await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "delivered");

        Assert.Equal((3, 500), (failed.Attempts, failed.LastStatus!.Value));
        Assert.Contains("500", failed.LastError);
        Assert.Equal(HttpStatusCode.Accepted, replay.StatusCode);
        Assert.Equal(4, receiver.Received.Count(it => it.Id == alert.Id));
    }

    [Fact]
    public async Task Webhook_that_does_not_answer_in_time_is_not_waited_for()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = (_, context) => AlertReceiver.HangAsync(context);
        await using var api = world.Start(receiver.Address, ("Sentinel:Alerts:TimeLimit", "00:00:01"));

        var alert = await world.RaiseAsync();
        await Eventually.Holds(() => receiver.Received.Count(it => it.Id == alert.Id) >= 2);

        Assert.Contains("did not answer within", (await world.DeliveryAsync(alert.Id)).LastError);
        receiver.Answer = (_, _) => Task.CompletedTask;
        await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "delivered");
    }

    [Fact]
    public async Task Webhook_that_answers_without_end_is_not_read_to_the_end()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = async (_, context) =>
        {
            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        };
        await using var api = world.Start(receiver.Address);

        var alert = await world.RaiseAsync();

        await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "delivered");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task Inner_address_is_refused_by_the_address_that_its_name_leads_to(string host)
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var api = world.Start(
            new Uri($"http://{host}:{receiver.Address.Port}/"),
            ("Sentinel:Alerts:AllowedTargets", "10.0.0.0/8"),
            ("Sentinel:Alerts:MaxAttempts", "1"));

        var alert = await world.RaiseAsync();
        await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "failed");

        Assert.Contains("not public", (await world.DeliveryAsync(alert.Id)).LastError);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task Two_replicas_send_each_alert_once()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var one = world.Start(receiver.Address, ("Sentinel:Alerts:Lease", "00:01:00"));
        await using var other = world.Start(receiver.Address, ("Sentinel:Alerts:Lease", "00:01:00"));

        var alerts = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => world.RaiseAsync()));
        foreach (var alert in alerts)
        {
            await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "delivered");
        }

        Assert.All(alerts, alert => Assert.Single(receiver.Received, it => it.Id == alert.Id));
    }
}
