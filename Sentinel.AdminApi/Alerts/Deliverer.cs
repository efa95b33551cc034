using Microsoft.Extensions.Options;
using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Alerts;

/// <summary>Sends alerts, one after the other, until each was taken or given up.</summary>
internal sealed partial class Deliverer(
    Outbox outbox,
    WebhookClient webhook,
    IOptionsMonitor<AlertOptions> options,
    AlertMetrics metrics,
    TimeProvider clock,
    Random random,
    ILogger<Deliverer> logger) : BackgroundService
{
    /// <summary>Sends the alert that has been due the longest.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeliverNextAsync(CancellationToken cancellationToken)
    {
        var rules = options.CurrentValue;
        if (rules.Webhook is null)
        {
            await outbox.SkipAsync(cancellationToken);
            return false;
        }

        var lease = Guid.NewGuid();
        if (await outbox.LeaseAsync(lease, rules.Lease, cancellationToken) is not { } due)
        {
            return false;
        }

        _ = await AttemptAsync(due, lease, rules, rules.MaxAttempts, cancellationToken);
        return true;
    }

    /// <summary>Sends a new alert at once, and only once: an operator waits for the outcome.</summary>
    /// <returns>What became of it; null if no webhook is set.</returns>
    public async Task<Delivery?> DeliverAsync(AlertEvent alert, Actor asker, CancellationToken cancellationToken)
    {
        var rules = options.CurrentValue;
        if (rules.Webhook is null)
        {
            return null;
        }

        var lease = Guid.NewGuid();
        var added = await outbox.AddAsync(alert, lease, rules.Lease, asker, cancellationToken);
        return await AttemptAsync(added, lease, rules, maxAttempts: 1, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CurrentValue.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await DeliverDueAsync(stoppingToken);
        }
    }

    private async Task DeliverDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await DeliverNextAsync(stoppingToken))
            {
                // The next one.
            }
        }
        catch (StoreUnavailableException)
        {
            // Whoever needs PostgreSQL for its own work says that it is away. What was sent is sent again.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception);
        }
    }

    private async Task<Delivery?> AttemptAsync(
        Delivery due, Guid lease, AlertOptions rules, int maxAttempts, CancellationToken cancellationToken)
    {
        using var message = WebhookMessage.Create(due.Event, rules, clock.GetUtcNow());
        await WebhookSignature.SignAsync(message, due.Id, rules.Secret, clock.GetUtcNow(), cancellationToken);
        var answer = await webhook.SendAsync(message, rules.TimeLimit, cancellationToken);
        var state = answer.Error is null ? "delivered" : due.Attempts >= maxAttempts ? "failed" : "pending";
        var pause = Backoff.After(due.Attempts, rules, random.NextDouble(), answer.RetryAfter);
        var noted = await outbox.NoteAsync(
            due.Id, lease, new AttemptResult(state, answer.Status, answer.Error, pause), cancellationToken);
        metrics.Attempted(state);
        if (state == "delivered")
        {
            metrics.Delivered(clock.GetUtcNow() - due.CreatedAt);
            Log.Delivered(logger, due.Id, due.Attempts);
        }
        else
        {
            Log.NotTaken(logger, due.Id, due.Attempts, answer.Error!, state);
        }

        return noted ?? await outbox.FindAsync(due.Id, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Alert {Alert} was delivered at attempt {Attempt}.")]
        public static partial void Delivered(ILogger logger, Guid alert, int attempt);

        [LoggerMessage(
            LogLevel.Warning, "Alert {Alert} was not taken at attempt {Attempt}: {Error} It is {State} now.")]
        public static partial void NotTaken(ILogger logger, Guid alert, int attempt, string error, string state);

        [LoggerMessage(LogLevel.Error, "Alerts could not be delivered. It is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
