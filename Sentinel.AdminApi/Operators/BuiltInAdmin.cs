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
    ILogger<BuiltInAdmin> logger) : StartupStep(clock)
{
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        var (username, password) = (options.Value.Username, options.Value.Password);
        var known = await users.FindAsync(username, cancellationToken);
        var isAsConfigured = known is { IsBuiltIn: true, IsDisabled: false, Role: Core.Operators.Role.Admin };
        if (!isAsConfigured || !await passwords.VerifyAsync(known, password, cancellationToken))
        {
            _ = await changes.SetBuiltInAsync(username, passwords.Hash(password), cancellationToken);
            Log.Set(logger, username);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The built-in admin {Username} has the configured password.")]
        public static partial void Set(ILogger logger, string username);
    }
}
