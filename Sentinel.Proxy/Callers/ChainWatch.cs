using System.Collections.Concurrent;
using System.Net;
using OpenTelemetry;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Proxy.Trail;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Callers;

/// <summary>
/// Notes by which chains requests come, for the operator who asks why a caller is taken for somebody else. A chain
/// that was seen within the last minute costs a look into a small table, and nothing else.
/// </summary>
internal sealed class ChainWatch(CallerChains chains, TimeProvider clock) : ITrailWriter
{
    private const int Slots = 256;
    private const int MostWaiting = 50;
    private const string ProxySecret = "X-Sentinel-Proxy";

    /// <summary>A busy chain is noted again now and then, or rarer ones would push it out.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(1);

    private static readonly string[] _addressHeaders =
        ["X-Real-IP", "X-Forwarded-For", "True-Client-IP", "CF-Connecting-IP", "Forwarded"];

    private readonly long[] _seen = new long[Slots];
    private readonly ConcurrentQueue<CallerChain> _waiting = [];
    private long _forgotAt = clock.GetTimestamp();

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How many chains wait to be written.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>Notes a chain unless it was just seen, or too many wait already.</summary>
    public void Note(HttpContext context, in CallerVerdict verdict)
    {
        var identity = IdentityOf(context, verdict.Finding);
        ref var slot = ref _seen[identity & (Slots - 1)];
        if (Volatile.Read(ref slot) == identity || _waiting.Count >= MostWaiting)
        {
            return;
        }

        Volatile.Write(ref slot, identity);
        _waiting.Enqueue(Describe(context, verdict));
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_forgotAt) >= _memory)
        {
            _forgotAt = clock.GetTimestamp();
            Array.Clear(_seen);
        }

        if (_waiting.IsEmpty)
        {
            return;
        }

        using var untraced = SuppressInstrumentationScope.Begin();
        var noted = new List<CallerChain>();
        while (_waiting.TryDequeue(out var chain))
        {
            noted.Add(chain);
        }

        _ = await chains.NoteAsync(noted, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>
    /// What a peer says that is not believed does not count: a stranger would else have as many chains as he likes.
    /// </summary>
    private static long IdentityOf(HttpContext context, CallerFinding finding)
    {
        var headers = context.Request.Headers;
        var (realIp, forwardedFor) = (headers["X-Real-IP"], headers["X-Forwarded-For"]);
        var isBelieved = finding is not (CallerFinding.Peer or CallerFinding.UnprovenProxy);
        var peer = context.Connection.RemoteIpAddress?.GetHashCode() ?? 0;
        var named = isBelieved
            ? HashCode.Combine(realIp.GetHashCode(), forwardedFor.GetHashCode())
            : HashCode.Combine(realIp.Count, forwardedFor.Count);
        return ((long)HashCode.Combine(peer, finding) << 32) | (uint)named;
    }

    private static CallerChain Describe(HttpContext context, in CallerVerdict verdict)
    {
        var headers = context.Request.Headers;
        var shown = _addressHeaders
            .Where(headers.ContainsKey)
            .Select(name => CallerChain.Show(name, headers[name]));
        return new CallerChain(
            PeerOf(context.Connection.RemoteIpAddress),
            headers.ContainsKey(ProxySecret) ? [.. shown, new ChainHeader(ProxySecret, "(hidden)")] : [.. shown],
            verdict.Finding,
            verdict.IsKnown ? verdict.Address.ToString() : null);
    }

    private static string? PeerOf(IPAddress? peer) =>
        (peer is { IsIPv4MappedToIPv6: true } ? peer.MapToIPv4() : peer)?.ToString();
}
