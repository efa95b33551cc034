using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Alerts;

/// <summary>Where alerts go is set while everything runs, and its secrets are only ever written.</summary>
public sealed class AlertSettingTests(AlertWorld world) : IClassFixture<AlertWorld>, IAsyncLifetime
{
    private const string Secret = "a secret that nobody may read";

    private Support.AdminApi _api = null!;
    private HttpClient _operator = null!;
    private AlertReceiver _receiver = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Webhook => $"{_receiver.Address}?token=nobody-may-read-this";

    public async ValueTask InitializeAsync()
    {
        _receiver = await AlertReceiver.StartAsync();
        _api = Start();
        _operator = await _api.SignInAsync();
        _ = await PutAsync(new { alertWebhook = (string?)null, alertSecret = (string?)null });
    }

    [Fact]
    public async Task Webhook_and_its_secret_count_without_a_restart_and_after_one()
    {
        _ = await PutAsync(new { alertWebhook = Webhook, alertSecret = Secret, consoleAddress = "https://c.example" });
        var alert = await world.RaiseAsync();
        await Eventually.Holds(() => _receiver.Received.Any(it => it.Id == alert.Id));

        var received = _receiver.Received.First(it => it.Id == alert.Id);
        Assert.True(received.IsSignedWith(Secret));
        Assert.StartsWith("https://c.example/", received.Json.GetProperty("link").GetString());

        await using var restarted = Start();
        using var client = await restarted.SignInAsync();
        using var test = await client.PostAsync("/admin/api/alerts/test", null, Cancel);
        var delivery = await test.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Delivery>(Cancel);
        Assert.Equal("delivered", delivery!.State);
    }

    [Fact]
    public async Task Change_counts_at_once_where_it_was_made()
    {
        _ = await PutAsync(new { alertWebhook = Webhook });
        using var sent = await _operator.PostAsync("/admin/api/alerts/test", null, Cancel);
        _ = await PutAsync(new { alertWebhook = (string?)null });
        using var kept = await _operator.PostAsync("/admin/api/alerts/test", null, Cancel);

        var delivery = await sent.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Delivery>(Cancel);
        Assert.Equal("delivered", delivery!.State);
        _ = await kept.ProblemAsync(System.Net.HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Format_counts_without_a_restart()
    {
        _ = await PutAsync(new { alertWebhook = Webhook, alertFormat = "slack" });
        var alert = await world.RaiseAsync();
        await Eventually.Holds(() => _receiver.Received.Any(it => it.Id == alert.Id));

        var received = _receiver.Received.First(it => it.Id == alert.Id);
        _ = await PutAsync(new { alertFormat = (string?)null });
        Assert.Equal(["text"], received.Json.EnumerateObject().Select(it => it.Name));
    }

    [Fact]
    public async Task Secrets_are_shown_to_nobody_and_nowhere_kept_as_they_are()
    {
        var put = await PutAsync(new { alertWebhook = Webhook, alertSecret = Secret });
        string[] said =
        [
            JsonSerializer.Serialize(put),
            await _operator.GetStringAsync("/admin/api/settings", Cancel),
            await _operator.GetStringAsync("/admin/api/settings/history", Cancel),
            await _operator.GetStringAsync("/admin/api/audit", Cancel),
            await world.Stores.Host.ScalarAsync<string>("SELECT string_agg(state::text, ' ') FROM settings"),
            await world.Stores.Host.ScalarAsync<string>("SELECT string_agg(details::text, ' ') FROM admin_audit"),
        ];

        var item = put.Settings.Single(it => it.Name == "alertSecret");
        Assert.Equal(("secret", true, ""), (item.Kind, item.IsSet, item.Value.GetString()));
        Assert.All(said, it => Assert.DoesNotContain("nobody", it, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task History_tells_that_a_secret_changed_and_an_earlier_one_is_put_back()
    {
        var first = await PutAsync(new { alertWebhook = Webhook, alertSecret = Secret });
        var second = await PutAsync(new { alertSecret = "another one, of which nobody knows" });
        using var restored = await _operator.PostAsJsonAsync(
            "/admin/api/settings/restore", new RestoreRequest(first.Version), Cancel);
        _ = restored.EnsureSuccessStatusCode();
        var alert = await world.RaiseAsync();
        await Eventually.Holds(() => _receiver.Received.Any(
            it => it.Id == alert.Id && it.IsSignedWith(Secret)));

        var history = await _operator.GetFromJsonAsync<SettingsHistory>("/admin/api/settings/history", Cancel);
        var change = Assert.Single(history!.Items.Single(it => it.Version == second.Version).Changes);
        Assert.Equal(("alertSecret", "…", "…"), (change.Name, $"{change.From}", $"{change.To}"));
    }

    [Fact]
    public async Task Alerts_wait_for_an_admin_API_that_can_read_where_they_go()
    {
        _ = await PutAsync(new { alertWebhook = Webhook });
        await _api.DisposeAsync();
        await using var stranger = Start(("Sentinel:Operators:JwtSecret", "another secret, which opens nothing"));
        using var client = await stranger.SignInAsync();

        var alert = await world.RaiseAsync();
        using var test = await client.PostAsync("/admin/api/alerts/test", null, Cancel);

        _ = await test.ProblemAsync(System.Net.HttpStatusCode.Conflict);
        Assert.Equal("pending", await world.StateAsync(alert.Id));
        _api = Start();
        await Eventually.Holds(() => _receiver.Received.Any(it => it.Id == alert.Id));
    }

    [Fact]
    public async Task Secret_is_refused_by_an_admin_API_that_cannot_seal_it()
    {
        using var pair = RSA.Create(2048);
        var file = Path.Combine(ServerProcess.NewFolder().FullName, "tokens.key");
        await File.WriteAllTextAsync(file, pair.ExportPkcs8PrivateKeyPem(), Cancel);
        await using var api = Start(("Sentinel:Operators:JwtSecret", ""), ("ADMIN_JWT_PRIVATE_KEY_FILE", file));
        using var client = await api.SignInAsync();

        using var refused = await client.PutAsJsonAsync(
            "/admin/api/settings", new { alertWebhook = Webhook, alertSecret = Secret, alertFormat = "slack" }, Cancel);
        using var taken = await client.PutAsJsonAsync(
            "/admin/api/settings", new { alertWebhook = (string?)null, alertWindow = 900 }, Cancel);

        await refused.IsRefusedForAsync("alertSecret", "alertWebhook");
        _ = taken.EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("""{"alertWebhook":"ftp://x/","alertSecret":"short","alertFormat":"irc","consoleAddress":""}""",
        "alertFormat", "alertSecret", "alertWebhook", "consoleAddress")]
    [InlineData("""{"alertWebhook":"https://user:password@example.com/"}""", "alertWebhook")]
    [InlineData("""{"alertWebhook":7,"alertSecret":["x"]}""", "alertSecret", "alertWebhook")]
    [InlineData("""{"alertWebhook":""}""", "alertWebhook")]
    public async Task Setting_that_cannot_be_is_refused_by_field(string body, params string[] fields)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _operator.PutAsync("/admin/api/settings", content, Cancel);

        await answer.IsRefusedForAsync(fields);
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await _api.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    /// <summary>An admin API that was told nothing about alerts but that receivers may be inside.</summary>
    private Support.AdminApi Start(params (string Name, string Value)[] settings) => Support.AdminApi.Start(
        world.Stores.Database,
        world.Stores.Redis,
        [
            ("Sentinel:Alerts:AllowedTargets", "127.0.0.0/8"), ("Sentinel:Alerts:Interval", "00:00:00.020"),
            ("Sentinel:Alerts:Lease", "00:00:02"), ("Sentinel:Alerts:FirstPause", "00:00:00.020"), .. settings,
        ]);

    private async Task<SettingsDocument> PutAsync(object changes)
    {
        using var answer = await _operator.PutAsJsonAsync("/admin/api/settings", changes, Cancel);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SettingsDocument>(Cancel))!;
    }
}
