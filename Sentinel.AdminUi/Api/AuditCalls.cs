using Microsoft.AspNetCore.WebUtilities;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>The operators' own trail.</summary>
internal static class AuditCalls
{
    public static Task<ApiAnswer<AuditPage>> AuditAsync(
        this AdminApiClient api, string? actor, string? action, string? cursor, CancellationToken cancellationToken) =>
        api.GetAsync<AuditPage>(
            QueryHelpers.AddQueryString("audit", new Dictionary<string, string?>
            {
                ["actor"] = Queries.NullIfBlank(actor),
                ["action"] = Queries.NullIfBlank(action),
                ["cursor"] = cursor,
            }),
            cancellationToken);

    public static Task<ApiAnswer<AuditVerdict>> VerifyAuditAsync(
        this AdminApiClient api, CancellationToken cancellationToken) =>
        api.GetAsync<AuditVerdict>("audit/verify", cancellationToken);
}
