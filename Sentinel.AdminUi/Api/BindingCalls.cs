using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>What the admin API says of keys and refusals, and what can be done about them.</summary>
internal static class BindingCalls
{
    public static Task<ApiAnswer<Dashboard>> DashboardAsync(
        this AdminApiClient api, CancellationToken cancellationToken) =>
        api.GetAsync<Dashboard>("dashboard", cancellationToken);

    public static Task<ApiAnswer<BindingPage>> BindingsAsync(
        this AdminApiClient api, BindingQuery query, CancellationToken cancellationToken) =>
        api.GetAsync<BindingPage>(query.ToPath(), cancellationToken);

    public static Task<ApiAnswer<BindingDetails>> BindingAsync(
        this AdminApiClient api, Guid id, CancellationToken cancellationToken) =>
        api.GetAsync<BindingDetails>($"bindings/{id}", cancellationToken);

    public static Task<ApiAnswer<LogPage>> LogsAsync(
        this AdminApiClient api, LogQuery query, string? cursor, CancellationToken cancellationToken) =>
        api.GetAsync<LogPage>(query.ToPath(cursor), cancellationToken);

    public static Task<ApiFailure?> BanAsync(this AdminApiClient api, Guid id) =>
        api.ChangeAsync(HttpMethod.Post, "bindings/ban", new BindingReference(id));

    public static Task<ApiFailure?> UnbanAsync(this AdminApiClient api, Guid id) =>
        api.ChangeAsync(HttpMethod.Post, "bindings/unban", new BindingReference(id));

    public static Task<ApiAnswer<BulkResult>> BanManyAsync(this AdminApiClient api, IReadOnlyList<Guid> ids) =>
        api.ChangeAsync<BulkResult>(HttpMethod.Post, "bindings/ban", new BindingReference(Ids: ids));

    public static Task<ApiAnswer<BulkResult>> UnbanManyAsync(this AdminApiClient api, IReadOnlyList<Guid> ids) =>
        api.ChangeAsync<BulkResult>(HttpMethod.Post, "bindings/unban", new BindingReference(Ids: ids));

    public static Task<ApiFailure?> UnbindAsync(this AdminApiClient api, UnbindRequest request) =>
        api.ChangeAsync(HttpMethod.Post, "bindings/unbind", request);

    public static Task<ApiAnswer<BulkResult>> UnbindManyAsync(
        this AdminApiClient api, IReadOnlyList<Guid> ids, bool isReleased) =>
        api.ChangeAsync<BulkResult>(
            HttpMethod.Post, "bindings/unbind", new UnbindRequest(Release: isReleased, Ids: ids));

    /// <summary>Binds a key before its first use.</summary>
    public static Task<ApiAnswer<BindingItem>> RegisterAsync(this AdminApiClient api, NewBinding binding) =>
        api.ChangeAsync<BindingItem>(HttpMethod.Post, "bindings", binding);

    public static Task<ApiFailure?> SetNetworksAsync(
        this AdminApiClient api, Guid id, IReadOnlyList<string> networks) =>
        api.ChangeAsync(HttpMethod.Put, "bindings/ip", new NetworksRequest(id, networks));

    public static Task<ApiFailure?> SetLabelAsync(this AdminApiClient api, Guid id, string? label) =>
        api.ChangeAsync(HttpMethod.Put, "bindings/label", new LabelRequest(id, label));

    public static Task<ApiAnswer<BulkResult>> SetLabelsAsync(
        this AdminApiClient api, IReadOnlyList<Guid> ids, string? label) =>
        api.ChangeAsync<BulkResult>(HttpMethod.Put, "bindings/label", new LabelRequest(Label: label, Ids: ids));
}
