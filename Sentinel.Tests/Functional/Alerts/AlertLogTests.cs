using System.Net.Http.Json;
using Sentinel.Core.Contracts;

namespace Sentinel.Tests.Functional.Alerts;

/// <summary>Alone with its database: it counts what is in the log.</summary>
public sealed class AlertLogTests(AlertWorld world) : IClassFixture<AlertWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_of_deliveries_is_read_by_state_and_page_after_page()
    {
        await using var api = world.Start(new Uri("http://127.0.0.1:9/"), ("Sentinel:Alerts:Interval", "00:10:00"));
        using var client = await api.SignInAsync();
        for (var i = 0; i < 101; i++)
        {
            _ = await world.RaiseAsync();
        }

        var first = await ListAsync(client, "state=pending");
        var second = await ListAsync(client, $"state=pending&cursor={first.Next}");

        Assert.Equal((100, 1), (first.Items.Count, second.Items.Count));
        Assert.Null(second.Next);
        Assert.All(first.Items, it => Assert.Equal(("pending", 0), (it.State, it.Attempts)));
        Assert.DoesNotContain(second.Items[0].Id, first.Items.Select(it => it.Id));
        Assert.Equal("sk-…wxyz", first.Items[0].Event.Hint);
    }

    private static async Task<DeliveryPage> ListAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<DeliveryPage>($"/admin/api/alerts/deliveries?{query}", Cancel))!;
}
