using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli.Admin;

/// <summary>The admin API, whose refusals end a verb with the reason that it gave.</summary>
internal sealed class AdminClient(Uri adminApi) : IDisposable
{
    private const string Prefix = "/admin/api/";

    private readonly HttpClient _client = new() { BaseAddress = adminApi, Timeout = TimeSpan.FromMinutes(10) };

    public async Task SignInAsync(AdminLogin login, CancellationToken cancellationToken)
    {
        var password = await login.ReadPasswordAsync(cancellationToken);
        using var answer = await ReachAsync(
            Request(HttpMethod.Post, "login", new LoginRequest(login.Username, password)), cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new VerbException(
                $"The admin API refused to sign {login.Username} in ({(int)answer.StatusCode}). "
                + $"Is the password in {login.PasswordFile} this stack's?");
        }

        UseToken((await ReadAsync<LoginResponse>(answer, cancellationToken)).Token);
    }

    public void UseToken(string token) =>
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Prefix + path), cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken);
    }

    /// <summary>Asks for a change and expects something in return.</summary>
    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, object? body, CancellationToken cancellationToken, string? version = null)
    {
        var request = Request(method, path, body);
        if (version is not null)
        {
            _ = request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        using var answer = await SendAsync(request, cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken);
    }

    /// <summary>Asks for a change.</summary>
    public async Task SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(Request(method, path, body), cancellationToken);
    }

    /// <summary>An answer that is read as it comes.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, Prefix + path), cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return (await answer.Content.ReadFromJsonAsync<T>(cancellationToken))!;
        }
        catch (JsonException)
        {
            throw new VerbException($"What answers at {adminApi} is no admin API, or that of another release.");
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body) =>
        new(method, Prefix + path) { Content = JsonContent.Create(body ?? new { }) };

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await ReachAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            var status = answer.StatusCode;
            throw new VerbException(
                await WhyAsync(answer, cancellationToken),
                status is HttpStatusCode.ServiceUnavailable ? ExitCode.NotPossibleNow : ExitCode.Failed);
        }
    }

    private async Task<HttpResponseMessage> ReachAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new VerbException(
                $"No admin API answers at {adminApi}. Bring the stack up with './sentinel up --detach'.",
                ExitCode.NotPossibleNow);
        }
        finally
        {
            request.Dispose();
        }
    }

    private static async Task<string> WhyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var problem = await ReadAsync();
        var fields = problem?.Errors?.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}") ?? [];
        var networks = problem?.RefusedNetworks?.Select(network => $"refused from {network.Network}") ?? [];
        var told = string.Join(Environment.NewLine, [.. fields, .. networks]);
        var status = (int)answer.StatusCode;
        var said = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "The admin API does not know this token, or it has expired (401).",
            HttpStatusCode.Forbidden => "The role of this operator does not allow that (403).",
            HttpStatusCode.NotFound => "The admin API knows nothing of that (404).",
            _ => $"The admin API refused ({status}): {problem?.Detail ?? problem?.Title}",
        };
        return told.Length == 0 ? said : $"{said}{Environment.NewLine}{told}";

        async Task<Problem?> ReadAsync()
        {
            try
            {
                return await answer.Content.ReadFromJsonAsync<Problem>(cancellationToken);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
