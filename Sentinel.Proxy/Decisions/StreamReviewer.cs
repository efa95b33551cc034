using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.Proxy.Routes;

namespace Sentinel.Proxy.Decisions;

/// <summary>Ends the requests in flight that would be refused since the binding of their key changed.</summary>
internal sealed partial class StreamReviewer(
    OpenStreams streams,
    StreamJudge judge,
    IOptionsMonitor<DecisionOptions> options,
    IOptionsMonitor<RoutingOptions> routing,
    GateMetrics metrics,
    ILogger<StreamReviewer> logger)
    : BackgroundService
{
    private readonly Channel<(KeyFingerprint Fingerprint, long Version)> _changed =
        Channel.CreateUnbounded<(KeyFingerprint, long)>();

    /// <summary>Has the requests of a key reviewed that were decided on before a version of its binding.</summary>
    public void Review(KeyFingerprint fingerprint, long version)
    {
        if (streams.Of(fingerprint).Count > 0)
        {
            _ = _changed.Writer.TryWrite((fingerprint, version));
        }
    }

    /// <summary>Has those reviewed that were only observed and would not be any more.</summary>
    public void ReviewObserved()
    {
        foreach (var name in streams.All().Where(judge.IsStricterNow).Select(OpenStreams.NameOf).Distinct())
        {
            _ = _changed.Writer.TryWrite((name, long.MaxValue));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var settings = options.OnChange((_, _) => ReviewObserved());
        using var routes = routing.OnChange((_, _) => ReviewObserved()); // either may hear of it first
        await foreach (var (fingerprint, version) in _changed.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var request in streams.Of(fingerprint))
            {
                await ReviewAsync(request, version);
            }
        }
    }

    private async Task ReviewAsync(GateRequest request, long version)
    {
        if (request.HearChange(version) || request.Binding?.Version >= version)
        {
            return;
        }

        if (await judge.FindObjectionAsync(request) is not { } objection)
        {
            return;
        }

        if (request.Claim is not null && objection.Status is StatusCodes.Status403Forbidden)
        {
            // Somebody else has won the key, before the word of downstream about this request could come to nothing.
            request.Reason = objection;
        }

        if (streams.Abort(request))
        {
            metrics.StreamEnded();
            Log.Ended(logger, request.Caller);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information, "A request from {Caller} was ended: its key is not allowed there any more.")]
        public static partial void Ended(ILogger logger, Core.Callers.ClientAddress? caller);
    }
}
