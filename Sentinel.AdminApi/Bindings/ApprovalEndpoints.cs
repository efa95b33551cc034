using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Sentinel.AdminApi.Operators;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

internal static class ApprovalEndpoints
{
    public static void MapApprovals(this IEndpointRouteBuilder bindings)
    {
        bindings.MapPost("/approve", Approve).WithName("ApproveNetwork");
        bindings.MapPost("/refuse", Refuse).WithName("RefuseNetwork");
    }

    public static async Task<Ok<ApprovalList>> List(
        ApprovalQueries approvals, IOptionsMonitor<PrefixOptions> prefixes, CancellationToken cancellationToken)
    {
        var (ipv4, ipv6) = (prefixes.CurrentValue.IPv4Prefix, prefixes.CurrentValue.IPv6Prefix);
        return TypedResults.Ok(new ApprovalList(await approvals.ListAsync(ipv4, ipv6, cancellationToken)));
    }

    private static async Task<Results<Ok<BindingItem>, NotFound, ValidationProblem, ProblemHttpResult>> Approve(
        ApprovalRequest request,
        ApprovalReader reader,
        BindingChanges changes,
        BindingQueries bindings,
        BindingAnnouncer announcer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var asked = await reader.ReadAsync(request, errors, cancellationToken);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (asked is not var (id, network))
        {
            return TypedResults.NotFound();
        }

        var approved = await changes.By(context.Actor()).ApproveAsync(id, network, cancellationToken);
        if (approved is not null)
        {
            await announcer.AnnounceAsync(approved);
        }

        if (await bindings.FindAsync(id, cancellationToken) is not { } binding)
        {
            return TypedResults.NotFound();
        }

        return approved is not null
            ? TypedResults.Ok(binding)
            : TypedResults.Problem(WhyNot(binding), statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<Results<NoContent, NotFound, ValidationProblem>> Refuse(
        ApprovalRequest request,
        ApprovalReader reader,
        BindingChanges changes,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var asked = await reader.ReadAsync(request, errors, cancellationToken);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return asked is var (id, network)
            && await changes.By(context.Actor()).RefuseAsync(id, network, cancellationToken)
                ? TypedResults.NoContent()
                : TypedResults.NotFound();
    }

    private static string WhyNot(BindingItem binding) => binding.State switch
    {
        "banned" => "The key is banned. Lift the ban first.",
        "claimed" => "The first use of this key is still being settled.",
        _ => "The key has as many networks as the setting maxNetworks allows. Take one away first.",
    };
}
