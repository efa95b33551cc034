using System.Globalization;
using Sentinel.Cli;
using Sentinel.Core.Credentials;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Cli;

/// <summary>What the doctor says of the secret that names keys, where he can ask the database.</summary>
public sealed class HmacDoctorTests(RealStores stores) : IAsyncLifetime
{
    private const string Old = "0xG7kq2LrV9yTn4Bs8Wd3Zc6Jf1Mh5Px";
    private const string Young = "9yTn4Bs8Wd3Zc6Jf1Mh5Px0xG7kq2LrV";

    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();
    private readonly StoresOfClass _stores = new(stores);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _stores.InitializeAsync();

    [Fact]
    public async Task Keys_that_are_still_named_under_the_secret_before_are_counted()
    {
        await UseAsync(new HmacSecret(1, Old));
        await BindAsync(3);
        Assert.Contains("✔ hmac-keys all 3 keys", await LookAsync($"HMAC_SECRET={Old}"));
        await UseAsync(new HmacSecret(2, Young), new HmacSecret(1, Old));

        var said = await LookAsync(
            $"HMAC_SECRET={Young}", "SENTINEL_HMAC_SECRET_ID=2", $"SENTINEL_HMAC_SECRETS_ACCEPTED=1:{Old}");

        Assert.Contains("✔ hmac-keys 3 keys still under the HMAC secret 1", said);
    }

    [Fact]
    public async Task Secret_that_is_lacking_and_one_that_is_another_are_red()
    {
        await UseAsync(new HmacSecret(1, Old));
        await BindAsync(1);
        await UseAsync(new HmacSecret(2, Young), new HmacSecret(1, Old));

        Assert.Contains(
            "✘ hmac-keys Keys are known under the HMAC secret 1, which this program lacks",
            await LookAsync($"HMAC_SECRET={Young}", "SENTINEL_HMAC_SECRET_ID=2"));
        Assert.Contains(
            "✘ hmac-keys The HMAC secret 2 is not the one",
            await LookAsync(
                $"HMAC_SECRET={Old}x", "SENTINEL_HMAC_SECRET_ID=2", $"SENTINEL_HMAC_SECRETS_ACCEPTED=1:{Old}"));
    }

    [Fact]
    public async Task Database_that_is_away_is_no_fault_of_the_settings()
    {
        var nobody = $"Host=127.0.0.1;Port={ServerProcess.FreePort()};Username=postgres;Timeout=1";

        var said = await LookAsync(nobody, [$"HMAC_SECRET={Old}"]);

        Assert.Contains("✔ hmac-keys not looked at: PostgreSQL is not available", said);
    }

    public async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync();
        await _stores.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task UseAsync(params HmacSecret[] secrets)
    {
        using var ring = new SecretRing(secrets);
        _ = await _stores.Host.Get<SecretStore>().RegisterAsync(ring, Cancel);
    }

    private async Task BindAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = await _stores.Host.Get<BindingStore>()
                .PromoteAsync(The.FirstUse(The.Fingerprint, The.Caller), Cancel);
        }
    }

    private Task<string> LookAsync(params string[] settings) => LookAsync(_stores.Database, settings);

    private async Task<string> LookAsync(string database, string[] settings)
    {
        var file = Path.Combine(_folder.FullName, ".env");
        await File.WriteAllLinesAsync(file, [$"ConnectionStrings__sentinel={database}", .. settings], Cancel);
        _output.GetStringBuilder().Clear();
        _ = await SentinelCommand.RunAsync(["doctor", "--env-file", file], Terminal.To(_output), Cancel);
        return string.Join(' ', _output.ToString().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
    }
}
