using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Components.Authorization;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Sessions;

namespace Sentinel.AdminUi;

/// <summary>The admin API in the name of whoever is signed in. Failures are values; only bugs throw.</summary>
internal sealed class AdminApiClient(
    HttpClient http, AuthenticationStateProvider session, OperatorAddress address, ApiLink link)
{
    public async Task<ApiAnswer<T>> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync<T>(request, cancellationToken);
    }

    /// <summary>Makes a change; one that is under way is not given up when a page is left.</summary>
    /// <param name="method">POST, PUT or DELETE.</param>
    /// <param name="path">Below <c>/admin/api/</c>.</param>
    /// <param name="body">What to send; null sends none.</param>
    /// <param name="ifMatch">The version that the change is based on, if that matters.</param>
    public async Task<ApiAnswer<T>> ChangeAsync<T>(HttpMethod method, string path, object? body, long? ifMatch = null)
        where T : class
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
        if (ifMatch is { } version)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(tag));
        }

        return await SendAsync<T>(request, CancellationToken.None);
    }

    /// <summary>Makes a change of which only success or failure matters.</summary>
    public async Task<ApiFailure?> ChangeAsync(HttpMethod method, string path, object? body, long? ifMatch = null) =>
        (await ChangeAsync<object>(method, path, body, ifMatch)).Failure;

    private async Task<ApiAnswer<T>> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        var state = await session.GetAuthenticationStateAsync();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SessionTicket.TokenOf(state.User));
        address.Say(request, SessionTicket.AddressOf(state.User));
        var answer = await http.AskAsync<T>(request, cancellationToken);
        switch (answer.Failure)
        {
            case ApiFailure.Unavailable unavailable:
                link.Lost(unavailable.Cause);
                break;
            case ApiFailure.SignedOut:
                link.Refused();
                break;
        }

        return answer;
    }
}
