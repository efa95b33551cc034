using System.Net.Http.Headers;
using Microsoft.AspNetCore.Components.Authorization;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Sessions;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi;

/// <summary>The admin API in the name of whoever is signed in. Failures are values; only bugs throw.</summary>
internal sealed class AdminApiClient(
    HttpClient http, AuthenticationStateProvider session, OperatorAddress address, ApiLink link)
{
    public Task<ApiAnswer<Dashboard>> DashboardAsync(CancellationToken cancellationToken) =>
        GetAsync<Dashboard>("dashboard", cancellationToken);

    public Task<ApiAnswer<BindingPage>> BindingsAsync(BindingQuery query, CancellationToken cancellationToken) =>
        GetAsync<BindingPage>(query.ToPath(), cancellationToken);

    public Task<ApiAnswer<BindingDetails>> BindingAsync(Guid id, CancellationToken cancellationToken) =>
        GetAsync<BindingDetails>($"bindings/{id}", cancellationToken);

    public Task<ApiAnswer<LogPage>> LogsAsync(LogQuery query, string? cursor, CancellationToken cancellationToken) =>
        GetAsync<LogPage>(query.ToPath(cursor), cancellationToken);

    public Task<ApiFailure?> BanAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, "bindings/ban", new BindingReference(id), cancellationToken);

    public Task<ApiFailure?> UnbanAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, "bindings/unban", new BindingReference(id), cancellationToken);

    public Task<ApiFailure?> UnbindAsync(UnbindRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, "bindings/unbind", request, cancellationToken);

    public Task<ApiFailure?> SetNetworksAsync(NetworksRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, "bindings/ip", request, cancellationToken);

    public Task<ApiFailure?> SetLabelAsync(LabelRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, "bindings/label", request, cancellationToken);

    private async Task<ApiAnswer<T>> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync<T>(request, cancellationToken);
    }

    private async Task<ApiFailure?> ChangeAsync<TBody>(
        HttpMethod method, string path, TBody body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        return (await SendAsync<object>(request, cancellationToken)).Failure;
    }

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
