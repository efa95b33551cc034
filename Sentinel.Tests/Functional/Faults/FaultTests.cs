using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Faults;

/// <summary>
/// Under load the stores fall silent, are killed and come back, one by one and together. Whatever happens, nobody gets
/// past the gate with a key of somebody else, no owner is taken for a thief, and no refusal is lost or counted twice.
/// </summary>
public sealed class FaultTests
{
    private static readonly (Stores Stores, string Signal)[] _faults =
    [
        (Stores.Redis, "STOP"), (Stores.Postgres, "STOP"), (Stores.Both, "STOP"),
        (Stores.Redis, "KILL"), (Stores.Postgres, "KILL"), (Stores.Both, "KILL"),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("closed")]
    [InlineData("frozen")]
    public async Task Faults_of_the_stores_let_no_thief_in_shut_no_owner_out_and_lose_no_refusal(string failsafe)
    {
        await using var world = await FaultWorld.StartAsync(failsafe);
        using var load = new FaultLoad();
        await BindAsync(world, load);
        using var owner = new LoadClient(load.OwnersKeys[0].Owner, () => load.OwnersKeys[0].Key);
        using var socket = await owner.OpenAsync(world.Replicas[0]);

        foreach (var (stores, signal) in _faults)
        {
            _ = await load.RunAsync(world.Replicas, () => world.TakeAwayAsync(stores, signal));
            await AreOwnersAnsweredAsync(world, load, OwnersFate(failsafe, stores));
            _ = await load.RunAsync(world.Replicas, () => world.GiveBackAsync(stores, signal));
            await AreOwnersAnsweredAsync(world, load, HttpStatusCode.OK);
        }

        await RestartReplicaAsync(world, load, failsafe);
        await Eventually.Succeeds(async () => Assert.Equal(load.All.Refusals(), await world.RefusalsAsync()));
        await world.AreReplayedAsync();
        Assert.Equal(load.All.Refusals(), await world.RefusalsAsync());
        await AssertOnlyOwnersCameThroughAsync(world, load);
        await AssertIsOpenAsync(socket);
        Assert.True(failsafe is "closed" || load.All.StatusesOf(FaultLoad.Owners) is [HttpStatusCode.OK]);
    }

    /// <summary>A replica that comes anew in the middle of an outage, and finds what the one before it left.</summary>
    private static async Task RestartReplicaAsync(FaultWorld world, FaultLoad load, string failsafe)
    {
        _ = await load.RunAsync(world.Replicas, () => world.TakeAwayAsync(Stores.Both, "STOP"));
        await world.RestartReplicaAsync(failsafe);
        await AreOwnersAnsweredAsync(world, load, OwnersFate(failsafe, Stores.Both));
        _ = await load.RunAsync(world.Replicas, () => world.GiveBackAsync(Stores.Both, "STOP"));
        await AreOwnersAnsweredAsync(world, load, HttpStatusCode.OK);
    }

    /// <summary>What an owner has had open since before the first fault goes on.</summary>
    private static async Task AssertIsOpenAsync(ClientWebSocket socket)
    {
        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
        var frame = await socket.ReceiveAsync(new byte[16], Cancelled);
        Assert.Equal("ping".Length, frame.Count);
    }

    private static async Task BindAsync(FaultWorld world, FaultLoad load)
    {
        foreach (var (key, owner) in load.OwnersKeys)
        {
            using var client = new LoadClient(owner, () => key);
            await client.RunAsync(world.Replicas, 2, load.All);
        }

        Assert.Equal([HttpStatusCode.OK], load.All.StatusesOf(FaultLoad.Owners));
        await world.BindAsync(load.Unseen, load.OwnersKeys[0].Owner);
    }

    /// <summary>How the owners are answered while stores are away.</summary>
    private static HttpStatusCode OwnersFate(string failsafe, Stores stores) =>
        failsafe is "closed" && stores is Stores.Both ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;

    /// <summary>Goes on until all owners are answered so; what was remembered a moment ago may still decide.</summary>
    private static Task AreOwnersAnsweredAsync(FaultWorld world, FaultLoad load, HttpStatusCode status) =>
        Eventually.Holds(async () =>
            (await load.RunAsync(world.Replicas)).StatusesOf(FaultLoad.Owners) is [var only] && only == status);

    /// <summary>The oracle: with which key from where somebody came through to downstream.</summary>
    private static async Task AssertOnlyOwnersCameThroughAsync(FaultWorld world, FaultLoad load)
    {
        var owners = load.OwnersKeys.Concat(load.Unseen.Select(key => (Key: key, load.OwnersKeys[0].Owner)))
            .ToDictionary(it => it.Key, it => it.Owner);
        var seen = await world.Downstream.Client.GetFromJsonAsync<JsonElement>("/_seen", Cancelled);
        foreach (var request in seen.GetProperty("requests").EnumerateArray())
        {
            var key = request.GetProperty("keys")[0].GetProperty("key").GetString()!;
            if (owners.TryGetValue(key, out var owner))
            {
                Assert.Equal(owner, request.GetProperty("callers").GetProperty("X-Forwarded-For").GetString());
            }
        }
    }
}
