using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sentinel.ServiceDefaults.Draining;

/// <summary>
/// Stops in three steps: a notice, during which requests are still taken; the streams in flight, which may end by
/// themselves; and, past the limit, an end to those that do not.
/// </summary>
internal sealed partial class Drain(
    IOptions<DrainOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<Drain> logger)
    : IHostedLifecycleService, IDisposable
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _connections = [];
    private ITimer? _limit;
    private volatile bool _isNoticed;

    public TimeSpan Notice { get; } =
        options.Value.Notice ?? TimeSpan.FromSeconds(environment.IsDevelopment() ? 0 : 6);

    public TimeSpan Limit { get; } =
        options.Value.Limit ?? TimeSpan.FromSeconds(environment.IsDevelopment() ? 10 : 300);

    /// <summary>Whether connections are to be closed after their next answer.</summary>
    public bool IsNoticed => _isNoticed;

    /// <summary>Follows a connection as long as it is open.</summary>
    public async Task FollowAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _connections.TryAdd(connection, true);
        try
        {
            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    /// <summary>Comes before the server closes its doors.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isNoticed = true;
        await Task.Delay(Notice, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _limit = clock.CreateTimer(_ => Cut(), state: null, Limit, Timeout.InfiniteTimeSpan);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _limit?.Dispose();

    private void Cut()
    {
        if (!_connections.IsEmpty)
        {
            Log.Cut(logger, _connections.Count, Limit);
        }

        foreach (var connection in _connections.Keys)
        {
            connection.Abort(new ConnectionAbortedException("The limit for draining is over."));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Cut {Count} connections that were still busy {Limit} after the stop.")]
        public static partial void Cut(ILogger logger, int count, TimeSpan limit);
    }
}
