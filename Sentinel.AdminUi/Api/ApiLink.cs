using Microsoft.Extensions.Options;

namespace Sentinel.AdminUi.Api;

/// <summary>How one browser tab stands with the admin API.</summary>
public enum ApiLinkState
{
    /// <summary>It answers.</summary>
    Up,

    /// <summary>It does not answer; the link looks for it until it does.</summary>
    Down,

    /// <summary>It refused the session.</summary>
    SignedOut,
}

/// <summary>Knows whether the admin API answers, and says so when that changes, from whatever thread.</summary>
internal sealed partial class ApiLink(
    IHttpClientFactory clients, IOptions<AdminApiOptions> options, TimeProvider time, ILogger<ApiLink> logger)
    : IDisposable
{
    public const string HealthClient = "admin-api-health";

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();

    public event Action? Changed;

    public ApiLinkState State { get; private set; }

    public void Lost(string cause)
    {
        if (Turn(ApiLinkState.Up, ApiLinkState.Down))
        {
            Log.Lost(logger, cause);
            _ = WatchAsync();
        }
    }

    public void Refused() => Turn(ApiLinkState.Up, ApiLinkState.SignedOut);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private bool Turn(ApiLinkState from, ApiLinkState to)
    {
        lock (_gate)
        {
            if (State != from)
            {
                return false;
            }

            State = to;
        }

        Changed?.Invoke();
        return true;
    }

    private async Task WatchAsync()
    {
        var stop = _stop.Token;
        using var timer = new PeriodicTimer(options.Value.RetryEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (await AnswersAsync(stop))
                {
                    Turn(ApiLinkState.Down, ApiLinkState.Up);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The tab was closed.
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(HealthClient);
            using var response = await client.GetAsync("/health", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The admin API does not answer: {Cause}")]
        public static partial void Lost(ILogger logger, string cause);
    }
}
