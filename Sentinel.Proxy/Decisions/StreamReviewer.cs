using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Decisions;

/// <summary>Ends the requests in flight that would be refused since the binding of their key changed.</summary>
internal sealed partial class StreamReviewer(
    OpenStreams streams,
    BindingDecider decider,
    IOptionsMonitor<DecisionOptions> options,
    GateMetrics metrics,
    ILogger<StreamReviewer> logger)
    : BackgroundService
{
    private readonly Channel<KeyFingerprint> _changed = Channel.CreateUnbounded<KeyFingerprint>();

    /// <summary>Has the requests of a key reviewed; those that come later are decided by what is known then.</summary>
    public void Review(KeyFingerprint fingerprint)
    {
        if (streams.Of(fingerprint).Count > 0)
        {
            _ = _changed.Writer.TryWrite(fingerprint);
        }
    }

    /// <summary>Has those reviewed that were only observed and would not be any more.</summary>
    public void ReviewObserved()
    {
        foreach (var request in streams.All())
        {
            if (decider.IsStricterNow(request) && request.Credential is { } credential)
            {
                _ = _changed.Writer.TryWrite(credential.Fingerprint);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var settings = options.OnChange((_, _) => ReviewObserved());
        await foreach (var fingerprint in _changed.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var request in streams.Of(fingerprint))
            {
                await ReviewAsync(request, fingerprint);
            }
        }
    }

    private async Task ReviewAsync(GateRequest request, KeyFingerprint fingerprint)
    {
        if (request.Caller is not { } caller || await decider.WouldPassAsync(request, fingerprint, caller))
        {
            return;
        }

        if (streams.Abort(request, fingerprint))
        {
            metrics.StreamEnded();
            Log.Ended(logger, caller);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information, "A request from {Caller} was ended: its key is not allowed there any more.")]
        public static partial void Ended(ILogger logger, Core.Callers.ClientAddress caller);
    }
}
