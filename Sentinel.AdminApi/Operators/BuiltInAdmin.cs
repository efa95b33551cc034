using Microsoft.Extensions.Options;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

/// <summary>
/// Gives the built-in admin the configured password at every start: whoever can set it always gets in again. Starts
/// without PostgreSQL too, and does it as soon as it is there.
/// </summary>
internal sealed partial class BuiltInAdmin(
    UserQueries users,
    UserChanges changes,
    Passwords passwords,
    IOptions<OperatorOptions> options,
    TimeProvider clock,
    ILogger<BuiltInAdmin> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private bool _isDone;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _isDone = await TrySetAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, clock);
        while (!_isDone && await timer.WaitForNextTickAsync(stoppingToken))
        {
            _isDone = await TrySetAsync(stoppingToken);
        }
    }

    private async Task<bool> TrySetAsync(CancellationToken cancellationToken)
    {
        var (username, password) = (options.Value.Username, options.Value.Password);
        try
        {
            var known = await users.FindAsync(username, cancellationToken);
            var isAsConfigured = known is { IsBuiltIn: true, IsDisabled: false, Role: Core.Operators.Role.Admin };
            if (!isAsConfigured || !await passwords.VerifyAsync(known, password, cancellationToken))
            {
                _ = await changes.SetBuiltInAsync(username, passwords.Hash(password), cancellationToken);
                Log.Set(logger, username);
            }

            return true;
        }
        catch (StoreUnavailableException)
        {
            return false; // the schema, which waits for PostgreSQL too, says so
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The built-in admin {Username} has the configured password.")]
        public static partial void Set(ILogger logger, string username);
    }
}
