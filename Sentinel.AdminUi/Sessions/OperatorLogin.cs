using Sentinel.AdminUi.Api;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Sessions;

/// <summary>Asks the admin API for a token, from the address of the person who signs in.</summary>
internal sealed class OperatorLogin(HttpClient http)
{
    /// <summary>A wrong name or password is <see cref="ApiFailure.SignedOut"/>.</summary>
    public async Task<ApiAnswer<LoginResponse>> AskAsync(
        LoginRequest login, HttpContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "login") { Content = JsonContent.Create(login) };
        if (context.Connection.RemoteIpAddress is { } address)
        {
            request.Headers.Add("X-Real-IP", address.ToString());
        }

        return await http.AskAsync<LoginResponse>(request, cancellationToken);
    }
}
