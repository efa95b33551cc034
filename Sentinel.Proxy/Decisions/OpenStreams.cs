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

    public void Add(GateRequest request, KeyFingerprint fingerprint) => StripeOf(fingerprint).Add(request, fingerprint);

    public void Remove(GateRequest request)
    {
        if (request is { IsOpen: true, Credential.Fingerprint: var fingerprint })
        {
            StripeOf(fingerprint).Remove(request, fingerprint);
        }
    }

    /// <summary>The requests of a key that are in flight now.</summary>
    public IReadOnlyList<GateRequest> Of(KeyFingerprint fingerprint) => StripeOf(fingerprint).Of(fingerprint);

    /// <summary>All requests that are in flight now.</summary>
    public IEnumerable<GateRequest> All() => _stripes.SelectMany(stripe => stripe.All());

    /// <summary>Ends a request, unless it has ended by itself.</summary>
    /// <returns>Whether it was ended.</returns>
    public bool Abort(GateRequest request, KeyFingerprint fingerprint) => StripeOf(fingerprint).Abort(request);

    private Stripe StripeOf(KeyFingerprint fingerprint) => _stripes[(uint)fingerprint.GetHashCode() % StripeCount];

    /// <summary>A part of the keys under a lock of its own; the requests are themselves the links of lists.</summary>
    private sealed class Stripe
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<KeyFingerprint, GateRequest?> _heads = [];

        public void Add(GateRequest request, KeyFingerprint fingerprint)
        {
            lock (_lock)
            {
                ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads, fingerprint, out _);
                request.IsOpen = true;
                request.Next = head;
                head?.Previous = request;
                head = request;
            }
        }

        public void Remove(GateRequest request, KeyFingerprint fingerprint)
        {
            lock (_lock)
            {
                request.IsOpen = false;
                request.Next?.Previous = request.Previous;
                request.Previous?.Next = request.Next;
                if (request.Previous is null)
                {
                    SetHead(fingerprint, request.Next);
                }
            }
        }

        public List<GateRequest> Of(KeyFingerprint fingerprint)
        {
            lock (_lock)
            {
                return [.. From(_heads.GetValueOrDefault(fingerprint))];
            }
        }

        public List<GateRequest> All()
        {
            lock (_lock)
            {
                return [.. _heads.Values.SelectMany(From)];
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

        private static IEnumerable<GateRequest> From(GateRequest? head)
        {
            for (var it = head; it is not null; it = it.Next)
            {
                yield return it;
            }
        }

        private void SetHead(KeyFingerprint fingerprint, GateRequest? next)
        {
            if (next is null)
            {
                _heads.Remove(fingerprint);
                return;
            }

            _heads[fingerprint] = next;
        }
    }
}
