using OpenTelemetry;
using Sentinel.Core.Credentials;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Hears the bell: what changed is forgotten, and requests in flight that would be refused now are ended. Rings itself
/// all the time, to know that the line works.
/// </summary>
internal sealed class BellListener(
    Bell bell, ChangeWatch watch, ChangeRecipient recipient, TimeProvider clock)
    : BackgroundService
{
    /// <summary>Stands for no key: the ring that only says that the line works.</summary>
    private static readonly KeyFingerprint _nobody = new(stackalloc byte[KeyFingerprint.Length]);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bell.Interrupted += OnInterrupted;
        using var untraced = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(ChangeWatch.Beat, clock);
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
        watch.HearBell();
        if (fingerprint != _nobody)
        {
            recipient.Take(fingerprint, version);
        }
    }

    private void OnInterrupted(object? sender, EventArgs args) => watch.LoseBell();
}
