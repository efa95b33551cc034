using System.Collections.Concurrent;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Alerts;

public sealed class AlertCrashTests(AlertWorld world) : IClassFixture<AlertWorld>
{
    private const int Alerts = 60;

    [Fact]
    public async Task Every_alert_arrives_under_its_id_although_the_admin_API_is_killed_again_and_again()
    {
        var accepted = new ConcurrentBag<Guid>();
        var (turns, hanging, isCalm) = (0, 0, false);
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = async (alert, context) =>
        {
            var turn = isCalm ? 1 : Interlocked.Increment(ref turns) % 5;
            if (turn is 3)
            {
                context.Response.StatusCode = 503;
                return;
            }

            // Taken or not, the sender does not learn it before he is killed.
            if (turn is 0 && Interlocked.Increment(ref hanging) % 2 == 0)
            {
                await AlertReceiver.HangAsync(context);
                return;
            }

            accepted.Add(alert.Id);
            if (turn is 0)
            {
                await AlertReceiver.HangAsync(context);
            }
        };

        var raised = new List<Guid>();
        for (var life = 1; life <= 4; life++)
        {
            await using var api = await AdminApiProcess.StartAsync(
                world.Stores.Database, world.Stores.Redis, AlertWorld.Settings(receiver.Address));
            for (var i = 0; i < Alerts / 4; i++)
            {
                raised.Add((await world.RaiseAsync()).Id);
            }

            await Eventually.Holds(() => hanging >= life);
            await api.KillAsync();
        }

        isCalm = true;
        await using var last = await AdminApiProcess.StartAsync(
            world.Stores.Database, world.Stores.Redis, AlertWorld.Settings(receiver.Address));
        await Eventually.Holds(async () => await world.Stores.Host.ScalarAsync<long>(
            "SELECT count(*) FROM webhook_outbox WHERE state <> 'delivered'") == 0);

        Assert.Equal(raised.Order(), accepted.Distinct().Order());
        Assert.True(receiver.Received.Count > Alerts, "Nothing was sent again.");
    }
}
