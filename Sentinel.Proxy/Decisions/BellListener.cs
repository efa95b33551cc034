using OpenTelemetry;
using Sentinel.Core.Credentials;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Hears the bell: what changed is forgotten, and requests in flight that would be refused now are ended. Rings itself
/// all the time, to know that the line works.
/// </summary>
internal sealed class BellListener(
    Bell bell, BellWatch watch, BindingLookup lookup, StreamReviewer reviewer, TimeProvider clock)
    : BackgroundService
{
    /// <summary>Stands for no key: the ring that only says that the line works.</summary>
    private static readonly KeyFingerprint _nobody = new(stackalloc byte[KeyFingerprint.Length]);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bell.Interrupted += OnInterrupted;
        using var untraced = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(BellWatch.Beat, clock);
        var isListening = false;
        try
        {
            do
            {
                isListening = isListening || await bell.ListenAsync(Hear, stoppingToken);
                _ = isListening && await bell.RingAsync(_nobody, 0, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            bell.Interrupted -= OnInterrupted;
        }
    }

    private void Hear(KeyFingerprint fingerprint, long version)
    {
        watch.Hear();
        if (fingerprint == _nobody)
        {
            return;
        }

        lookup.Forget(fingerprint, version);
        reviewer.Review(fingerprint);
    }

    private void OnInterrupted(object? sender, EventArgs args) => watch.Interrupt();
}
