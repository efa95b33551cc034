using Microsoft.Extensions.Options;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

/// <summary>Finds out which key and which network an operator speaks of.</summary>
internal sealed class ApprovalReader(ApprovalQueries approvals, IOptionsMonitor<PrefixOptions> prefixes)
{
    private const int MaxLength = 200;

    /// <returns>The binding and the network; null if there is no such request, or its key has no binding.</returns>
    public async Task<(Guid Id, Network Network)?> ReadAsync(
        ApprovalRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        Network network = default;
        errors.Check(
            request.RequestId is not null || request.Id is not null, "requestId", "Name a request, or id and network.");
        errors.Check(request.RequestId is null || request.Id is null, "id", "Either requestId, or id and network.");
        errors.Check(request.RequestId is null or { Length: >= 1 and <= MaxLength }, "requestId", "Not its id.");
        var isNetwork = request.Id is null || Network.TryParse(request.Network, out network);
        errors.Check(isNetwork, "network", FieldErrors.NetworkExpected);
        errors.Check(
            request.RequestId is null || request.Network is null, "network", "The request says where it came from.");
        if (errors.Any)
        {
            return null;
        }

        if (request.Id is { } id)
        {
            return (id, network);
        }

        var refused = await approvals.FindAsync(request.RequestId!, cancellationToken);
        var (ipv4, ipv6) = (prefixes.CurrentValue.IPv4Prefix, prefixes.CurrentValue.IPv6Prefix);
        return refused?.BindingId is { } binding ? (binding, refused.Caller.ToNetwork(ipv4, ipv6)) : null;
    }
}
