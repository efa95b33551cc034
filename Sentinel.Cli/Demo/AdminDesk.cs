using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli.Demo;

/// <summary>How the admin signs in.</summary>
/// <param name="Username">The name.</param>
/// <param name="PasswordFile">The file that holds the password.</param>
internal sealed record AdminLogin(string Username, string? PasswordFile);

/// <summary>What the admin does about a key, by the admin API.</summary>
internal sealed class AdminDesk(Uri adminApi) : IDisposable
{
    /// <summary>Refusals are written in batches: the row is there a moment later.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new() { BaseAddress = adminApi, Timeout = TimeSpan.FromSeconds(30) };

    public async Task SignInAsync(AdminLogin login, CancellationToken cancellationToken)
    {
        var password = await PasswordAsync(login.PasswordFile, cancellationToken);
        var answer = await SendAsync(
            HttpMethod.Post, "/admin/api/login", new LoginRequest(login.Username, password), cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new VerbException(
                $"The admin API refused to sign {login.Username} in ({(int)answer.StatusCode}). "
                + $"Is the password in {login.PasswordFile} this stack's?");
        }

        var token = await answer.Content.ReadFromJsonAsync<LoginResponse>(cancellationToken);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token!.Token);
    }

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
                var page = await _client.GetFromJsonAsync<LogPage>($"/admin/api/logs?ip={caller}", limit.Token);
                if (page!.Items.FirstOrDefault(entry => entry.RequestId == requestId) is { } found)
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
    public async Task ReleaseAsync(Guid binding, CancellationToken cancellationToken)
    {
        var request = new UnbindRequest(binding, Release: true);
        var answer = await SendAsync(HttpMethod.Post, "/admin/api/bindings/unbind", request, cancellationToken);
        if (answer.StatusCode is not HttpStatusCode.NoContent)
        {
            throw new VerbException($"The admin API did not release the key ({(int)answer.StatusCode}).");
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<string> PasswordAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            throw new VerbException("Say where the admin's password is: --admin-password-file.", ExitCode.WrongUsage);
        }

        if (!File.Exists(file))
        {
            throw new VerbException($"There is no password file {file}.", ExitCode.SomethingMissing);
        }

        return (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n');
    }

    private async Task<HttpResponseMessage> SendAsync<T>(
        HttpMethod method, string path, T body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            return await _client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new VerbException(
                $"No admin API answers at {adminApi}. Bring the stack up with './sentinel up --detach'.",
                ExitCode.NotPossibleNow);
        }
    }
}
