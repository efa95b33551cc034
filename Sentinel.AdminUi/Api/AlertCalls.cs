using Microsoft.AspNetCore.WebUtilities;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>Alerts on their way to the webhook.</summary>
internal static class AlertCalls
{
    public static Task<ApiAnswer<DeliveryPage>> DeliveriesAsync(
        this AdminApiClient api, string? cursor, CancellationToken cancellationToken) =>
        api.GetAsync<DeliveryPage>(
            QueryHelpers.AddQueryString("alerts/deliveries", new Dictionary<string, string?> { ["cursor"] = cursor }),
            cancellationToken);

    /// <summary>Raises an alert that says it is a test, and gives what the webhook made of it.</summary>
    public static Task<ApiAnswer<Delivery>> TestAlertAsync(this AdminApiClient api) =>
        api.ChangeAsync<Delivery>(HttpMethod.Post, "alerts/test", body: null);

    public static Task<ApiFailure?> ReplayAsync(this AdminApiClient api, Guid id) =>
        api.ChangeAsync(HttpMethod.Post, $"alerts/deliveries/{id}/replay", body: null);
}
