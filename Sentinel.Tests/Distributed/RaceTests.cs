using System.Net;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed;

[Collection(nameof(Installation))]
public sealed class RaceTests(Installation installation)
{
    private const int Requests = 200;
    private const int Addresses = 20;

    [Fact]
    public async Task Of_many_first_requests_over_two_replicas_exactly_one_network_wins()
    {
        var key = The.Key;
        string[] replicas = ["proxy", "proxy-2"];
        var clients = Enumerable.Range(0, Addresses)
            .SelectMany(n => replicas.Select(replica => (Address: $"192.0.2.{n}", Replica: replica)))
            .Select(place => (place.Address, Client: installation.ClientFrom(place.Address, place.Replica)))
            .ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async n =>
        {
            var (address, client) = clients[n % clients.Count];
            return (Address: address, Status: await AnswerAsync(client, key));
        }));

        var winner = Assert.Single(answers.Where(a => a.Status == HttpStatusCode.OK).Select(a => a.Address).Distinct());
        Assert.All(answers.Where(a => a.Address == winner), a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.All(answers.Where(a => a.Address != winner), a => Assert.Equal(HttpStatusCode.Forbidden, a.Status));
        Assert.Equal([$"{winner}/32"], (await installation.BindingOfAsync(winner)).Networks);
        clients.ForEach(place => place.Client.Dispose());
    }

    /// <summary>A claim that is still pending is answered by 409 and a hint to ask again, which clients do.</summary>
    private static async Task<HttpStatusCode> AnswerAsync(HttpClient client, string key)
    {
        while (true)
        {
            using var response = await client.UseKeyAsync(key);
            if (response.StatusCode != HttpStatusCode.Conflict)
            {
                return response.StatusCode;
            }
        }
    }
}
