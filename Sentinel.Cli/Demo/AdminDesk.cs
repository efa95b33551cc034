using System.Net;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli.Demo;

/// <summary>What the admin does about a key, by the admin API.</summary>
internal sealed class AdminDesk(Uri adminApi) : IDisposable
{
    /// <summary>Refusals are written in batches: the row is there a moment later.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly AdminClient _client = new(adminApi);

    public Task SignInAsync(AdminLogin login, CancellationToken cancellationToken) =>
        _client.SignInAsync(login, cancellationToken);

    /// <summary>The row of the intercept log that belongs to a refused request.</summary>
    public async Task<LogEntry> FindAsync(string requestId, IPAddress caller, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (true)
            {
                var page = await _client.GetAsync<LogPage>($"logs?ip={caller}", limit.Token);
                if (page.Items.FirstOrDefault(entry => entry.RequestId == requestId) is { } found)
                {
                    return found;
                }

                await look.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VerbException(
                $"The intercept log has no row of request {requestId} after {_patience.Seconds} s.");
        }
    }

    /// <summary>Unbinds a key so that whoever uses it next binds it.</summary>
    public Task ReleaseAsync(Guid binding, CancellationToken cancellationToken) => _client.SendAsync(
        HttpMethod.Post, "bindings/unbind", new UnbindRequest(binding, Release: true), cancellationToken);

    public void Dispose() => _client.Dispose();
}
