using System.Collections.Concurrent;
using System.Net;

namespace Sentinel.Tests.Functional.Faults;

/// <summary>What the clients of a load were answered: the other side of what is recorded.</summary>
internal sealed class LoadTally
{
    /// <summary>These are only counted, wherever they come from.</summary>
    private static readonly string[] _unrecorded = ["", "credential_missing", "claim_pending", "rate_limited"];

    private readonly ConcurrentDictionary<(IPAddress Client, HttpStatusCode Status, string Reason), long> _answers = [];
    private long _count;

    /// <summary>How many answers there were.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Add(IPAddress client, HttpStatusCode status, string reason)
    {
        _ = _answers.AddOrUpdate((client, status, reason), 1, (_, count) => count + 1);
        _ = Interlocked.Increment(ref _count);
    }

    /// <summary>The different statuses that clients whose address begins so were answered with.</summary>
    public HttpStatusCode[] StatusesOf(string clients) =>
    [
        .. _answers.Keys.Where(it => $"{it.Client}".StartsWith(clients, StringComparison.Ordinal))
            .Select(it => it.Status).Distinct().Order(),
    ];

    /// <summary>What must be recorded: address, reason and count.</summary>
    public string[] Refusals() =>
    [
        .. _answers.Where(it => !_unrecorded.Contains(it.Key.Reason))
            .Select(it => $"{it.Key.Client} {it.Key.Reason} {it.Value}").Order(StringComparer.Ordinal),
    ];
}
