using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Alerts;

public sealed class AlertEndpointTests(AlertWorld world) : IClassFixture<AlertWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_is_sent_at_once_and_says_what_became_of_it()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var api = world.Start(receiver.Address);
        using var client = await api.SignInAsync();

        using var answer = await client.PostAsync("/admin/api/alerts/test", null, Cancel);
        var delivery = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Delivery>(Cancel);

        Assert.Equal(("delivered", 1, 200), (delivery!.State, delivery.Attempts, delivery.LastStatus!.Value));
        var received = Assert.Single(receiver.Received, it => it.Id == delivery.Id);
        Assert.Equal("test", received.Json.GetProperty("kind").GetString());
        Assert.True(received.IsSignedWith(AlertWorld.Secret));
        using var replay = await client.PostAsync($"/admin/api/alerts/deliveries/{delivery.Id}/replay", null, Cancel);
        var noted = await client.GetFromJsonAsync<AuditPage>("/admin/api/audit?actor=admin", Cancel);
        Assert.Equal(HttpStatusCode.Accepted, replay.StatusCode);
        Assert.Equal(
            [("alert.replay", $"{delivery.Id}"), ("alert.test", $"{delivery.Id}")],
            noted!.Items.Take(2).Select(it => (it.Action, it.Target)));
    }

    [Fact]
    public async Task Test_that_fails_is_not_tried_again()
    {
        await using var api = world.Start(new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}/"));
        using var client = await api.SignInAsync();

        using var answer = await client.PostAsync("/admin/api/alerts/test", null, Cancel);
        var delivery = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Delivery>(Cancel);

        Assert.Equal(("failed", 1), (delivery!.State, delivery.Attempts));
        Assert.Contains("cannot be reached", delivery.LastError);
    }

    [Fact]
    public async Task Without_a_webhook_alerts_are_kept_and_a_test_is_a_conflict()
    {
        await using var api = Support.AdminApi.Start(
            world.Stores.Database, world.Stores.Redis, ("Sentinel:Alerts:Interval", "00:00:00.020"));
        using var client = await api.SignInAsync();

        var alert = await world.RaiseAsync();
        await Eventually.Holds(async () => await world.StateAsync(alert.Id) == "skipped");
        using var test = await client.PostAsync("/admin/api/alerts/test", null, Cancel);

        var problem = await test.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Contains("No webhook is set", problem.Detail);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_by_field()
    {
        await using var api = world.Start(new Uri("http://127.0.0.1:9/"));
        using var client = await api.SignInAsync();

        using var answer = await client.GetAsync("/admin/api/alerts/deliveries?state=lost&cursor=x", Cancel);

        await answer.IsRefusedForAsync("cursor", "state");
    }

    [Fact]
    public async Task Only_what_is_there_and_not_on_its_way_is_sent_again()
    {
        await using var api = world.Start(new Uri("http://127.0.0.1:9/"), ("Sentinel:Alerts:Interval", "00:10:00"));
        using var client = await api.SignInAsync();
        var alert = await world.RaiseAsync();

        using var pending = await client.PostAsync($"/admin/api/alerts/deliveries/{alert.Id}/replay", null, Cancel);
        using var unknown = await client.PostAsync(
            $"/admin/api/alerts/deliveries/{Guid.NewGuid()}/replay", null, Cancel);

        _ = await pending.ProblemAsync(HttpStatusCode.Conflict);
        _ = await unknown.ProblemAsync(HttpStatusCode.NotFound);
    }
}
