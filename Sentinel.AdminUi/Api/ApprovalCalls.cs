using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>Keys that wait for an operator's word.</summary>
internal static class ApprovalCalls
{
    public static Task<ApiAnswer<ApprovalList>> ApprovalsAsync(
        this AdminApiClient api, CancellationToken cancellationToken) =>
        api.GetAsync<ApprovalList>("approvals", cancellationToken);

    public static Task<ApiFailure?> ApproveAsync(this AdminApiClient api, ApprovalItem item) =>
        api.ChangeAsync(HttpMethod.Post, "bindings/approve", Naming(item));

    public static Task<ApiFailure?> RefuseAsync(this AdminApiClient api, ApprovalItem item) =>
        api.ChangeAsync(HttpMethod.Post, "bindings/refuse", Naming(item));

    private static ApprovalRequest Naming(ApprovalItem item) => new(Id: item.BindingId, Network: item.Network);
}
