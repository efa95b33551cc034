using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Operators;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

internal static class BindingEditEndpoints
{
    public const string TooMany = "A key may not have that many networks. The setting maxNetworks says how many.";

    public static void MapBindingEdits(this IEndpointRouteBuilder bindings)
    {
        bindings.MapPut("/ip", SetNetworks).WithName("SetBindingNetworks");
        bindings.MapPut("/label", SetLabel).WithName("SetBindingLabel");
    }

    private static async Task<Results<Ok<BindingItem>, NotFound, ValidationProblem, ProblemHttpResult>> SetNetworks(
        NetworksRequest request,
        BindingChanges changes,
        BindingQueries bindings,
        BindingAnnouncer announcer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var networks = Read(request, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var changed = await changes.By(context.Actor()).SetNetworksAsync(request.Id, networks, cancellationToken);
        if (changed is not null)
        {
            await announcer.AnnounceAsync(changed);
        }

        if (await bindings.FindAsync(request.Id, cancellationToken) is not { } binding)
        {
            return TypedResults.NotFound();
        }

        return changed is not null
            ? TypedResults.Ok(binding)
            : TypedResults.Problem(
                binding.State == "claimed"
                    ? "The first use of this key is still being settled."
                    : TooMany,
                statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<BindingItem>, Ok<BulkResult>, NotFound, ValidationProblem>> SetLabel(
        LabelRequest request,
        BindingChanges changes,
        BindingQueries bindings,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        Bulk.Check(request.Id, request.Ids, errors);
        var label = BindingLabels.Read(request.Label, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var mine = changes.By(context.Actor());
        if (request.Ids is not null)
        {
            return await Bulk.RunManyAsync(request.Ids, LabelOneAsync);
        }

        _ = await LabelOneAsync(request.Id!.Value);
        return await bindings.FindAsync(request.Id!.Value, cancellationToken) is { } binding
            ? TypedResults.Ok(binding)
            : TypedResults.NotFound();

        async Task<BulkItem> LabelOneAsync(Guid id) =>
            await mine.SetLabelAsync(id, label, cancellationToken) is null ? Bulk.NotFound(id) : Bulk.Done(id);
    }

    private static List<Network> Read(NetworksRequest request, FieldErrors errors)
    {
        var field = request.Networks is null ? "ip" : "networks";
        errors.Check(request.Networks is null || request.Ip is null, "ip", "Either networks or ip.");
        IReadOnlyList<string> texts = request.Networks ?? (request.Ip is null ? [] : [request.Ip]);
        errors.Check(texts.Count > 0, "networks", "At least one network. To let nobody use the key, ban it.");
        return NetworkTexts.Read(texts, field, errors);
    }
}
