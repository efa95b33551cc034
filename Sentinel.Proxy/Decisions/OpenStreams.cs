using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// The requests in flight, by key, so that those of a key that becomes forbidden can be ended. A request is added
/// before it is decided on: whatever changes after that finds it here.
/// </summary>
internal sealed class OpenStreams
{
    private const int StripeCount = 64;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe())];

    // Under each name that is not the one in use; there is none but in an outage while a secret is rotated.
    private readonly ConcurrentDictionary<KeyFingerprint, ImmutableHashSet<GateRequest>> _others = new();

    public void Add(GateRequest request, KeyFingerprint fingerprint) => StripeOf(fingerprint).Add(request, fingerprint);

    /// <summary>Lists a request under other names of its key as well.</summary>
    public void Add(GateRequest request, KeyFingerprint[] otherNames)
    {
        request.OtherNames = otherNames;
        foreach (var name in otherNames)
        {
            _ = _others.AddOrUpdate(name, _ => [request], (_, requests) => requests.Add(request));
        }
    }

    public void Remove(GateRequest request)
    {
        foreach (var name in request.OtherNames)
        {
            RemoveOther(request, name);
        }

        if (request.IsOpen)
        {
            var name = NameOf(request);
            StripeOf(name).Remove(request, name);
        }
    }

    /// <summary>Counts a request that may pass, unless as many of its key are counted already.</summary>
    public bool TryAdmit(GateRequest request, int limit) =>
        request is not { IsOpen: true, Credential.Fingerprint: var fingerprint }
        || StripeOf(fingerprint).TryAdmit(request, fingerprint, limit);

    /// <summary>The requests of a key that are in flight now.</summary>
    public IReadOnlyList<GateRequest> Of(KeyFingerprint fingerprint)
    {
        var requests = StripeOf(fingerprint).Of(fingerprint);
        return _others.TryGetValue(fingerprint, out var others) ? [.. requests, .. others] : requests;
    }

    /// <summary>All requests that are in flight now.</summary>
    public IEnumerable<GateRequest> All() => _stripes.SelectMany(stripe => stripe.All());

    /// <summary>Ends a request, unless it has ended by itself.</summary>
    /// <returns>Whether it was ended.</returns>
    public bool Abort(GateRequest request) => StripeOf(NameOf(request)).Abort(request);

    /// <summary>Under which key a request is added; those that show no single one share a name.</summary>
    public static KeyFingerprint NameOf(GateRequest request) => request.Credential?.Fingerprint ?? default;

    private void RemoveOther(GateRequest request, KeyFingerprint name)
    {
        while (_others.TryGetValue(name, out var requests))
        {
            var left = requests.Remove(request);
            if (left.IsEmpty
                ? _others.TryRemove(KeyValuePair.Create(name, requests))
                : _others.TryUpdate(name, left, requests))
            {
                return;
            }
        }
    }

    private Stripe StripeOf(KeyFingerprint fingerprint) => _stripes[(uint)fingerprint.GetHashCode() % StripeCount];

    /// <summary>The requests of one key: the first of a list, and how many of them may pass.</summary>
    private struct Requests
    {
        public GateRequest? First;
        public int Admitted;
    }

    /// <summary>A part of the keys under a lock of its own; the requests are themselves the links of lists.</summary>
    private sealed class Stripe
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<KeyFingerprint, Requests> _keys = [];

        public void Add(GateRequest request, KeyFingerprint fingerprint)
        {
            lock (_lock)
            {
                ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, fingerprint, out _);
                request.IsOpen = true;
                request.Next = key.First;
                key.First?.Previous = request;
                key.First = request;
            }
        }

        public bool TryAdmit(GateRequest request, KeyFingerprint fingerprint, int limit)
        {
            lock (_lock)
            {
                ref var key = ref CollectionsMarshal.GetValueRefOrNullRef(_keys, fingerprint);
                request.IsAdmitted = key.Admitted < limit;
                key.Admitted += request.IsAdmitted ? 1 : 0;
                return request.IsAdmitted;
            }
        }

        public void Remove(GateRequest request, KeyFingerprint fingerprint)
        {
            lock (_lock)
            {
                ref var key = ref CollectionsMarshal.GetValueRefOrNullRef(_keys, fingerprint);
                request.IsOpen = false;
                request.Next?.Previous = request.Previous;
                request.Previous?.Next = request.Next;
                key.First = request.Previous is null ? request.Next : key.First;
                key.Admitted -= request.IsAdmitted ? 1 : 0;
                if (key.First is null)
                {
                    _ = _keys.Remove(fingerprint);
                }
            }
        }

        public List<GateRequest> Of(KeyFingerprint fingerprint)
        {
            lock (_lock)
            {
                return [.. From(_keys.GetValueOrDefault(fingerprint))];
            }
        }

        public List<GateRequest> All()
        {
            lock (_lock)
            {
                return [.. _keys.Values.SelectMany(From)];
            }
        }

        public bool Abort(GateRequest request)
        {
            lock (_lock)
            {
                if (request.IsOpen)
                {
                    request.Context.Abort();
                }

                return request.IsOpen;
            }
        }

        private static IEnumerable<GateRequest> From(Requests key)
        {
            for (var it = key.First; it is not null; it = it.Next)
            {
                yield return it;
            }
        }
    }
}
