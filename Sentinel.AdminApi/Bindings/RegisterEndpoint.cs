using System.Buffers;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Sentinel.AdminApi.Operators;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Core.Credentials;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

internal static class RegisterEndpoint
{
    private const int MaxHintLength = 40;

    public static void MapRegister(this IEndpointRouteBuilder bindings) =>
        bindings.MapPost("", Register).WithName("RegisterBinding");

    private static async Task<Results<Created<BindingItem>, ValidationProblem, ProblemHttpResult>> Register(
        NewBinding request,
        KeyReader keys,
        BindingChanges changes,
        BindingQueries bindings,
        BindingAnnouncer announcer,
        IOptionsMonitor<BindingOptions> options,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var (names, hint) = ReadKey(request, keys, errors);
        var label = BindingLabels.Read(request.Label, errors);
        errors.Check(request.Networks is { Count: > 0 }, "networks", "At least one network.");
        var networks = NetworkTexts.Read(request.Networks ?? [], "networks", errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (networks.Count > options.CurrentValue.MaxNetworks)
        {
            return TypedResults.Problem(BindingEditEndpoints.TooMany, statusCode: StatusCodes.Status409Conflict);
        }

        var mine = changes.By(context.Actor());
        if (await mine.RegisterAsync(names, hint, networks, label, cancellationToken) is not { } registered)
        {
            return TypedResults.Problem("The key has a binding.", statusCode: StatusCodes.Status409Conflict);
        }

        await announcer.AnnounceAsync(registered);
        var item = await bindings.FindAsync(registered.Id, cancellationToken);
        return TypedResults.Created($"/admin/api/bindings/{registered.Id}", item);
    }

    private static (ImmutableArray<KeyName> Names, string Hint) ReadKey(
        NewBinding request, KeyReader keys, FieldErrors errors)
    {
        errors.Check(request.Key is not null || request.Fingerprint is not null, "key", "The key or its fingerprint.");
        errors.Check(request.Key is null || request.Fingerprint is null, "fingerprint", "Either key or fingerprint.");
        errors.Check(
            request.Hint is null or { Length: <= MaxHintLength }, "hint", $"At most {MaxHintLength} characters.");
        errors.Check(request.Hint?.Any(char.IsControl) is not true, "hint", "No control characters.");
        if (request.Key is not null)
        {
            errors.Check(request.Hint is null, "hint", "A key has its own hint.");
            errors.Check(
                keys.CanRead, "key", "Without SENTINEL_HMAC_SECRET this admin API takes fingerprints only.");
            var profile = keys.ProfileOf(request.Realm ?? "");
            errors.Check(profile is not null, "realm", "No downstream of Sentinel:Downstreams has this realm.");
            var (names, keyHint) = (ImmutableArray<KeyName>.Empty, "");
            var isKey = keys.CanRead
                && (profile is null || keys.TryRead(request.Key, profile, out keyHint, out names));
            errors.Check(isKey, "key", "The key is not well formed.");
            return (names, keyHint);
        }

        errors.Check(request.Realm is null, "realm", "A fingerprint has its realm in it.");
        var bytes = new byte[KeyFingerprint.Length];
        var isFingerprint = request.Fingerprint is null
            || (request.Fingerprint.Length == 2 * bytes.Length
                && Convert.FromHexString(request.Fingerprint, bytes, out _, out _) is OperationStatus.Done);
        errors.Check(isFingerprint, "fingerprint", $"{2 * bytes.Length} hexadecimal digits.");
        var name = new KeyName(KeyName.InUse, new KeyFingerprint(bytes));
        return ([name], request.Hint is { Length: > 0 } hint ? hint : KeyHint.Hidden);
    }
}
