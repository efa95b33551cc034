using System.Net;
using System.Net.Http.Json;
using Sentinel.Cli;
using Sentinel.Core.Contracts;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

/// <summary>How far a rotation has come, and when a secret may go.</summary>
public sealed class AdminApiSecretTests(RealStores stores) : IAsyncLifetime
{
    private readonly AdminApiOfClass _admin = new(stores);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _admin.InitializeAsync();

    [Fact]
    public async Task Secret_goes_when_no_binding_is_named_under_it_and_never_while_it_is_in_use()
    {
        await TakeAsync(new HmacSecret(1, The.HmacSecret));
        var (used, dormant) = (await _admin.BindAsync(), await _admin.BindAsync());
        _ = await _admin.Stores.Host.Get<BindingChanges>()
            .SetStateAsync(dormant.Id, [BindingState.Active], BindingState.Archived, Cancel);
        await TakeAsync(new HmacSecret(2, RotationWorld.NewSecret), new HmacSecret(1, The.HmacSecret));

        Assert.Equal([(1, false, 2L, 1L), (2, true, 0L, 0L)], await ListAsync());
        Assert.Contains("2 bindings are named", (await RetireAsync(1)).Detail, StringComparison.Ordinal);
        await MoveAsync(used);
        Assert.Contains("1 archived", (await RetireAsync(1)).Detail, StringComparison.Ordinal);
        Assert.Contains("in use", (await RetireAsync(2)).Detail, StringComparison.Ordinal);
        await MoveAsync(dormant);

        using var retired = await _admin.PostAsync("secrets/retire", new RetireSecret(1));

        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        Assert.Equal([(2, true, 2L, 1L)], await ListAsync());
        using var again = await _admin.PostAsync("secrets/retire", new RetireSecret(1));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Secret_that_bindings_are_named_under_goes_only_by_force_and_that_is_noted()
    {
        await TakeAsync(new HmacSecret(1, The.HmacSecret));
        _ = await _admin.BindAsync();
        await TakeAsync(new HmacSecret(2, RotationWorld.NewSecret), new HmacSecret(1, The.HmacSecret));

        using var forced = await _admin.PostAsync("secrets/retire", new RetireSecret(1, Force: true));

        Assert.Equal(HttpStatusCode.NoContent, forced.StatusCode);
        Assert.Equal(1, await _admin.Stores.Host.ScalarAsync<long>(
            "SELECT count(*) FROM admin_audit WHERE action = 'secret.retire' AND target = '1' AND details = $1::jsonb",
            """{"force": true}"""));
    }

    [Fact]
    public async Task Only_an_admin_sees_and_retires_secrets()
    {
        using var viewer = await _admin.SignInAsync("viewer");
        using var operatorClient = await _admin.SignInAsync("operator");

        foreach (var client in (HttpClient[])[viewer, operatorClient])
        {
            using var listed = await client.GetAsync("/admin/api/secrets", Cancel);
            using var retired = await client.PostAsJsonAsync("/admin/api/secrets/retire", new RetireSecret(1), Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, listed.StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, retired.StatusCode);
        }
    }

    [Fact]
    public async Task Command_line_lists_the_secrets_and_takes_a_retired_one_out_of_the_settings()
    {
        await TakeAsync(new HmacSecret(1, The.HmacSecret));
        await TakeAsync(new HmacSecret(2, RotationWorld.NewSecret), new HmacSecret(1, The.HmacSecret));
        var folder = ServerProcess.NewFolder();
        var file = Path.Combine(folder.FullName, ".env");
        await File.WriteAllLinesAsync(
            file,
            [$"HMAC_SECRET={RotationWorld.NewSecret}", "SENTINEL_HMAC_SECRET_ID=2",
             $"SENTINEL_HMAC_SECRETS_ACCEPTED=1:{The.HmacSecret}"],
            Cancel);
        using var output = new StringWriter();
        var token = _admin.Operator.DefaultRequestHeaders.Authorization!.Parameter!;
        string[] access = ["--admin-api", _admin.Api.Address.ToString(), "--admin-token", token];

        Assert.Equal(ExitCode.Done, await SentinelCommand.RunAsync(
            ["secrets", "list", .. access], Terminal.To(output), Cancel));
        Assert.Equal(ExitCode.Done, await SentinelCommand.RunAsync(
            ["secrets", "retire", "1", "-o", folder.FullName, .. access], Terminal.To(output), Cancel));

        Assert.Contains("in use", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("SENTINEL_HMAC_SECRETS_ACCEPTED=\n", await File.ReadAllTextAsync(file, Cancel));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Key_is_registered_under_the_secret_in_use_unless_it_is_known_under_the_one_before()
    {
        var (known, unknown) = (The.Key, The.Key);
        await TakeAsync(new HmacSecret(1, The.HmacSecret));
        _ = await _admin.BindAsync(key: RotationWorld.NameOf(known, isRotated: false));
        await TakeAsync(new HmacSecret(2, RotationWorld.NewSecret), new HmacSecret(1, The.HmacSecret));
        await using var api = Support.AdminApi.Start(
            _admin.Stores.Database, _admin.Stores.Redis, RotationWorld.Rotated);
        using var client = await api.SignInAsync();

        using var refused = await client.PostAsJsonAsync("/admin/api/bindings", NewBinding(known), Cancel);
        using var made = await client.PostAsJsonAsync("/admin/api/bindings", NewBinding(unknown), Cancel);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(2, await _admin.Stores.Host.ScalarAsync<short>(
            "SELECT secret_id FROM bindings WHERE fingerprint = $1",
            RotationWorld.NameOf(unknown, isRotated: true).ToByteArray()));
    }

    public ValueTask DisposeAsync() => _admin.DisposeAsync();

    private static NewBinding NewBinding(string key) => new(["203.0.113.0/24"], key);

    /// <summary>Takes the first of these secrets into use, as a replica does at its start.</summary>
    private async Task TakeAsync(params HmacSecret[] secrets)
    {
        using var ring = new SecretRing(secrets);
        Assert.Null(await _admin.Stores.Host.Get<SecretStore>().RegisterAsync(ring, Cancel));
    }

    /// <summary>Names a binding anew, as its next use would.</summary>
    private async Task MoveAsync(Binding binding) =>
        Assert.NotNull(await _admin.Stores.Host.Get<BindingStore>().MoveAsync(
            [new KeyName(1, binding.Fingerprint), new KeyName(2, The.Fingerprint)], Cancel));

    private async Task<(int, bool, long, long)[]> ListAsync() =>
        [.. (await _admin.GetAsync<SecretItem[]>("secrets")).Select(it => (it.Id, it.InUse, it.Bindings, it.Archived))];

    private async Task<Problem> RetireAsync(int id)
    {
        using var answer = await _admin.PostAsync("secrets/retire", new RetireSecret(id));
        return (await answer.Content.ReadFromJsonAsync<Problem>(Cancel))!;
    }
}
