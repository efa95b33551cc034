using Sentinel.Core.Callers;

namespace Sentinel.Proxy.Decisions.Caps;

/// <summary>
/// Lets the first uses of a network pass one at a time. A turn lasts half as long as others wait for it: who makes his
/// first use last for ever does not keep out the next one.
/// </summary>
internal sealed class NetworkQueues(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Network, Queue> _queues = [];

    /// <summary>Waits for its turn.</summary>
    /// <returns>The turn, to be given back; null if it did not come in time or too many wait already.</returns>
    public async Task<IDisposable?> EnterAsync(Network network, int length, TimeSpan patience)
    {
        if (Join(network, length) is not { } queue)
        {
            return null;
        }

        using var limit = new CancellationTokenSource(patience, clock);
        try
        {
            await queue.Turn.WaitAsync(limit.Token);
            return new Turn(this, network, queue, clock, patience / 2);
        }
        catch (OperationCanceledException)
        {
            Leave(network, queue);
            return null;
        }
    }

    private Queue? Join(Network network, int length)
    {
        lock (_lock)
        {
            if (!_queues.TryGetValue(network, out var queue))
            {
                queue = _queues[network] = new Queue();
            }

            // One of them has its turn and does not wait.
            if (queue.Members > length)
            {
                return null;
            }

            queue.Members++;
            return queue;
        }
    }

    private void Leave(Network network, Queue queue)
    {
        lock (_lock)
        {
            if (--queue.Members == 0)
            {
                _queues.Remove(network);
                queue.Turn.Dispose();
            }
        }
    }

    private sealed class Queue
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public int Members { get; set; }
    }

    private sealed class Turn : IDisposable
    {
        private readonly ITimer _end;
        private Action? _giveBack;

        public Turn(NetworkQueues queues, Network network, Queue queue, TimeProvider clock, TimeSpan longest)
        {
            _giveBack = () =>
            {
                queue.Turn.Release();
                queues.Leave(network, queue);
            };
            _end = clock.CreateTimer(_ => GiveBack(), null, longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _end.Dispose();
            GiveBack();
        }

        private void GiveBack() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
    }
}
