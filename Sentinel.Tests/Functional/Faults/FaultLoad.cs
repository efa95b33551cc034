using System.Net;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Faults;

/// <summary>
/// Everybody at once: the owners of keys; a thief of the same keys; another one of keys that are bound too, but that no
/// replica has ever seen; and somebody with keys that are nobody's.
/// </summary>
internal sealed class FaultLoad : IDisposable
{
    public const string Owners = "127.0.1.";
    public const string Strangers = "127.0.2.";

    private const int Requests = 30;
    private const int Keys = 4;
    private const int UnseenKeys = 4000;

    private readonly List<LoadClient> _clients = [];
    private int _unseen;
    private int _turn;

    public FaultLoad()
    {
        for (var i = 0; i < Keys; i++)
        {
            var key = OwnersKeys[i].Key;
            _clients.Add(new LoadClient(OwnersKeys[i].Owner, () => key));
            _clients.Add(new LoadClient($"{Strangers}{1 + i}", AnyKey));
        }

        _clients.Add(new LoadClient($"{Strangers}101", () => Unseen[Interlocked.Increment(ref _unseen) % UnseenKeys]));
        _clients.Add(new LoadClient($"{Strangers}102", () => The.Key, "status-401"));
    }

    /// <summary>Keys in daily use.</summary>
    public (string Key, string Owner)[] OwnersKeys { get; } =
        [.. Enumerable.Range(1, Keys).Select(number => (The.Key, $"{Owners}{number}"))];

    /// <summary>Keys of the first owner that he does not use at the moment.</summary>
    public string[] Unseen { get; } = [.. Enumerable.Range(0, UnseenKeys).Select(_ => The.Key)];

    /// <summary>All that anybody was answered.</summary>
    public LoadTally All { get; } = new();

    /// <summary>Lets everybody send some requests; in their midst something happens.</summary>
    public async Task<LoadTally> RunAsync(IReadOnlyList<Uri> replicas, Func<Task>? fault = null)
    {
        var round = new LoadTally();
        var clients = _clients.Select(client => client.RunAsync(replicas, Requests, All, round)).ToArray();
        await Eventually.Holds(() => round.Count > _clients.Count * Requests / 4);
        await (fault?.Invoke() ?? Task.CompletedTask);
        await Task.WhenAll(clients);
        Assert.DoesNotContain(HttpStatusCode.Forbidden, round.StatusesOf(Owners));
        Assert.DoesNotContain(round.StatusesOf(Strangers), status => (int)status < 300);
        return round;
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private string AnyKey() => OwnersKeys[(uint)Interlocked.Increment(ref _turn) % Keys].Key;
}
