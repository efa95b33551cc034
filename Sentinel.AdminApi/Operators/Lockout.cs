using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;

namespace Sentinel.AdminApi.Operators;

/// <summary>
/// Holds up the guessing of passwords. An attempt is counted before it is judged, so that no number of simultaneous
/// ones gets past the limit; a success takes the count back. It is counted in Redis and here, and the larger count
/// counts: else whoever can slow Redis down would have as many attempts again.
/// </summary>
internal sealed class Lockout(
    LoginAttempts shared, UserQueries users, IOptionsMonitor<OperatorOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan _delayPerFailure = TimeSpan.FromMilliseconds(100);

    private readonly LocalAttempts _local = new(clock);

    /// <summary>Counts an attempt, and delays it when the user has many failures from everywhere.</summary>
    public async Task<Attempt> BeginAsync(string username, ClientAddress caller, CancellationToken cancellationToken)
    {
        var rules = options.CurrentValue;
        var key = new AttemptKey(username.ToUpperInvariant(), caller.ToNetwork(32, 64));
        var count = await CountAsync(key, rules, cancellationToken);
        if (count.FromNetwork > rules.MaxFailures)
        {
            if (!await IsUnlockedAsync(username, rules.FailureWindow - count.Remaining, cancellationToken))
            {
                return new Attempt(key, count.Remaining);
            }

            await ForgetAsync(key, cancellationToken);
            count = await CountAsync(key, rules, cancellationToken);
        }

        var delay = _delayPerFailure * Math.Max(0, count.FromEverywhere - rules.MaxFailures);
        await Task.Delay(delay < rules.MaxDelay ? delay : rules.MaxDelay, clock, cancellationToken);
        return new Attempt(key, RetryAfter: null);
    }

    public Task SucceedAsync(Attempt attempt, CancellationToken cancellationToken) =>
        ForgetAsync(attempt.Key, cancellationToken);

    private async Task<AttemptCount> CountAsync(
        AttemptKey key, OperatorOptions rules, CancellationToken cancellationToken)
    {
        var here = _local.Count(key, rules.MaxFailures, rules.FailureWindow);
        var everywhere = await shared.CountAsync(key, rules.MaxFailures, rules.FailureWindow, cancellationToken);
        return everywhere?.FromNetwork >= here.FromNetwork ? everywhere : here;
    }

    private Task ForgetAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        _local.Forget(key);
        return shared.ForgetAsync(key, cancellationToken);
    }

    /// <summary>Whether somebody unlocked the user since the failures began that count now.</summary>
    private async Task<bool> IsUnlockedAsync(string username, TimeSpan age, CancellationToken cancellationToken) =>
        (await users.FindAsync(username, cancellationToken))?.UnlockedAt > clock.GetUtcNow() - age;
}

/// <summary>An attempt to sign in.</summary>
/// <param name="Key">Who tried, and from where.</param>
/// <param name="RetryAfter">How long the lockout lasts; null if there is none.</param>
internal sealed record Attempt(AttemptKey Key, TimeSpan? RetryAfter);
