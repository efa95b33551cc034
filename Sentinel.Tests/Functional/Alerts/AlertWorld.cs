using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;
using AdminApp = Sentinel.Tests.Support.AdminApi;

namespace Sentinel.Tests.Functional.Alerts;

/// <summary>A webhook, the stores, and admin APIs that send to it.</summary>
public sealed class AlertWorld(RealStores stores) : IAsyncLifetime
{
    public const string Secret = "signs the alerts of the tests";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public StoresOfClass Stores { get; } = new(stores);

    /// <summary>An admin API of its own, on the stores of the class; those given win over what is set here.</summary>
    public AdminApp Start(Uri webhook, params (string Name, string Value)[] settings) =>
        AdminApp.Start(Stores.Database, Stores.Redis, [.. Settings(webhook), .. settings]);

    public static (string Name, string Value)[] Settings(Uri webhook) =>
    [
        ("Sentinel:Alerts:WebhookUrl", webhook.ToString()),
        ("Sentinel:Alerts:Secret", Secret),
        ("Sentinel:Alerts:AllowedTargets", "127.0.0.0/8"),
        ("Sentinel:Alerts:ConsoleUrl", "https://console.example/admin/ui"),
        ("Sentinel:Alerts:FirstPause", "00:00:00.020"),
        ("Sentinel:Alerts:Interval", "00:00:00.020"),
        ("Sentinel:Alerts:Lease", "00:00:02"),
    ];

    public static AlertEvent Alert() => new(
        Guid.NewGuid(), "intercepts", The.Moment, "sk-…wxyz", Guid.NewGuid(), ["203.0.113.7/32"], $"{The.Stranger}",
        "address_mismatch", 12, 300, Observed: false);

    /// <summary>Raises an alert as the gate does.</summary>
    public async Task<AlertEvent> RaiseAsync()
    {
        var alert = Alert();
        var store = Stores.Host.Get<AlertStore>();
        var silence = await store.RaiseAsync(
            new AlertSubject(The.Fingerprint, bindingId: null), alert, TimeSpan.FromHours(1), Cancel);
        Assert.True(silence.IsRaised);
        return alert;
    }

    public async Task<Delivery> DeliveryAsync(Guid id) =>
        (await Stores.Host.Get<Outbox>().FindAsync(id, Cancel))!;

    public async Task<string> StateAsync(Guid id) => (await DeliveryAsync(id)).State;

    public ValueTask InitializeAsync() => Stores.InitializeAsync();

    public ValueTask DisposeAsync() => Stores.DisposeAsync();
}
