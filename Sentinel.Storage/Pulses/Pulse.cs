namespace Sentinel.Storage.Pulses;

/// <summary>
/// Whether a store answers. One probe at a time listens to it, all the time; when it falls silent, whoever waits for it
/// is released at once, and nobody else asks it until the probe has heard from it again. So an outage costs no request
/// more than the moment in which it is noticed, and nobody piles up.
/// </summary>
public sealed class Pulse(string store)
{
    private readonly Lock _turning = new();
    private volatile TaskCompletionSource _silence = NewSilence();
    private bool _isLost;

    /// <summary>The store was there and is not any more.</summary>
    public event EventHandler? Lost;

    /// <summary>The store is back.</summary>
    public event EventHandler? Found;

    /// <summary>Which store.</summary>
    public string Store { get; } = store;

    /// <summary>Whether it is useless to ask the store now.</summary>
    public bool IsLost => Volatile.Read(ref _isLost);

    /// <summary>Asks the store, unless its pulse is lost; gives up waiting as soon as it is.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be asked.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> trip)
    {
        var silence = _silence.Task;
        if (!IsLost)
        {
            var answer = trip();
            if (await Task.WhenAny(answer, silence) == answer)
            {
                return await answer;
            }
        }

        throw new StoreUnavailableException(new TimeoutException($"{Store} has fallen silent."));
    }

    /// <summary>
    /// Waits for a probe to its end, so that there is never a second one. The pulse is lost when the probe fails or
    /// takes longer than the limit, and found when it succeeds.
    /// </summary>
    public async Task<T> ListenAsync<T>(Task<T> probe, TimeSpan limit, TimeProvider clock)
    {
        try
        {
            _ = await Task.WhenAny(probe, Task.Delay(limit, clock, CancellationToken.None));
            if (!probe.IsCompleted)
            {
                Lose();
            }

            var answer = await probe;
            Find();
            return answer;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Lose();
            throw;
        }
    }

    /// <summary>The store does not answer.</summary>
    public void Lose()
    {
        lock (_turning)
        {
            if (_isLost)
            {
                return;
            }

            _isLost = true;
        }

        _ = _silence.TrySetResult();
        Lost?.Invoke(this, EventArgs.Empty);
    }

    private void Find()
    {
        lock (_turning)
        {
            if (!_isLost)
            {
                return;
            }

            _silence = NewSilence();
            _isLost = false;
        }

        Found?.Invoke(this, EventArgs.Empty);
    }

    private static TaskCompletionSource NewSilence() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
