using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiSettingsTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setting_has_its_range_default_and_effect()
    {
        var document = await admin.GetAsync<SettingsDocument>("settings");

        var setting = document.Settings.Single(it => it.Name == "idleTimeout");
        Assert.Equal(("seconds", 1, 86_400), (setting.Kind, setting.Minimum, setting.Maximum));
        Assert.Equal(900, setting.Default.GetInt32());
        Assert.NotEmpty(setting.Effect);
    }

    [Fact]
    public async Task Change_takes_effect_in_every_program_and_null_takes_it_back()
    {
        var configuration = admin.Stores.Host.Get<IConfiguration>();

        var changed = await PutAsync(new { ipv4Prefix = 24, claimLease = 90 });
        await Eventually.Holds(() => configuration["Sentinel:Decisions:IPv4Prefix"] == "24");
        var lease = configuration["Sentinel:Decisions:ClaimLease"];
        _ = await PutAsync(new { ipv4Prefix = (int?)null, claimLease = (int?)null });
        await Eventually.Holds(() => configuration["Sentinel:Decisions:IPv4Prefix"] is null);

        var setting = changed.Settings.Single(it => it.Name == "ipv4Prefix");
        Assert.Equal((24, true), (setting.Value.GetInt32(), setting.IsSet));
        Assert.Equal("00:01:30", lease);
    }

    [Fact]
    public async Task Words_and_networks_reach_every_program_too()
    {
        var configuration = admin.Stores.Host.Get<IConfiguration>();

        string[] networks = ["10.0.0.0/8", "::1/128"];
        var changed = await PutAsync(new { mode = "observe", trustedProxies = networks });
        await Eventually.Holds(() => configuration["Sentinel:Decisions:Mode"] == "observe");
        var proxies = configuration["Sentinel:Callers:TrustedProxies"];
        _ = await PutAsync(new { mode = (string?)null, trustedProxies = (string[]?)null });

        Assert.Equal("10.0.0.0/8,::1/128", proxies);
        Assert.Equal(["enforce", "observe"], changed.Settings.Single(it => it.Name == "mode").Choices!);
    }

    [Fact]
    public async Task Stale_change_is_refused_and_the_current_one_passes()
    {
        using var read = await admin.Operator.GetAsync("/admin/api/settings", Cancel);
        var tag = read.Headers.ETag!.Tag;

        using var first = await SendAsync(HttpMethod.Put, "settings", new { ipv6Prefix = 56 }, tag);
        using var second = await SendAsync(HttpMethod.Put, "settings", new { ipv6Prefix = 48 }, tag);
        using var restore = await SendAsync(HttpMethod.Post, "settings/restore", new RestoreRequest(0), tag);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        _ = await second.ProblemAsync(HttpStatusCode.PreconditionFailed);
        _ = await restore.ProblemAsync(HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("\"1000001\"|\"{0}\"", HttpStatusCode.OK)]
    [InlineData("\"1000001\", \"{0}\"", HttpStatusCode.OK)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("\"1000001\"|\"1000000\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("{0}", HttpStatusCode.PreconditionFailed)]
    [InlineData("W/\"{0}\"", HttpStatusCode.PreconditionFailed)]
    public async Task Of_many_versions_that_a_change_is_for_one_must_be_the_current_one(
        string tags, HttpStatusCode expected)
    {
        var current = await admin.GetAsync<SettingsDocument>("settings");

        using var answer = await SendAsync(
            HttpMethod.Put, "settings", new { }, tags.Replace("{0}", $"{current.Version}").Split('|'));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Of_many_simultaneous_changes_none_is_lost_unnoticed()
    {
        var before = await admin.GetAsync<SettingsDocument>("settings");

        var answers = await Task.WhenAll(
            Enumerable.Range(20, 10).Select(n => admin.PutAsync("settings", new { loginWindow = n })));

        var after = await admin.GetAsync<SettingsDocument>("settings");
        Assert.Equal(after.Version - before.Version, answers.Count(answer => answer.IsSuccessStatusCode));
        Assert.All(
            answers.Where(answer => !answer.IsSuccessStatusCode),
            answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode));
        _ = await PutAsync(new { loginWindow = (int?)null });
    }

    [Fact]
    public async Task History_names_who_changed_what_and_an_earlier_state_is_put_back()
    {
        var first = await PutAsync(new { claimWait = 7 });
        _ = await PutAsync(new { claimWait = 8, bindOnArrival = true });
        using var answer = await admin.PostAsync("settings/restore", new RestoreRequest(first.Version));
        var restored = (await answer.Content.ReadFromJsonAsync<SettingsDocument>(Cancel))!;

        var history = (await admin.GetAsync<SettingsHistory>("settings/history")).Items;

        Assert.Equal(7, restored.Settings.Single(it => it.Name == "claimWait").Value.GetInt32());
        Assert.Equal(["bindOnArrival:true->", "claimWait:8->7"], Differences(history[0]));
        Assert.Equal(["bindOnArrival:->true", "claimWait:7->8"], Differences(history[1]));
        Assert.Equal(Support.AdminApi.Username, history[0].ChangedBy);
        Assert.Equal(restored.Version, history[0].Version);
        _ = await PutAsync(new { claimWait = (int?)null });
    }

    [Fact]
    public async Task State_that_never_was_cannot_be_put_back()
    {
        using var answer = await admin.PostAsync("settings/restore", new RestoreRequest(1_000_000));

        _ = await answer.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"ipv4Prefix":33,"bindOnArrival":"yes","claimLease":1.5,"shoeSize":42}""",
        "bindOnArrival", "claimLease", "ipv4Prefix", "shoeSize")]
    [InlineData("""{"ipv6Prefix":"64"}""", "ipv6Prefix")]
    [InlineData("""{"shoeSize":null}""", "shoeSize")]
    [InlineData("""{"claimWait":30,"claimLease":20}""", "claimWait")]
    [InlineData("""{"mode":"Observe","failsafe":1,"maxNetworks":0}""", "failsafe", "maxNetworks", "mode")]
    [InlineData("""{"trustedProxies":"10.0.0.0/8"}""", "trustedProxies")]
    [InlineData("""{"trustedProxies":["10.0.0.1/8"]}""", "trustedProxies")]
    [InlineData("""{"trustedProxies":["0.0.0.0/0"]}""", "trustedProxies")]
    [InlineData("""{"trustedProxies":[7]}""", "trustedProxies")]
    [InlineData("""[]""", "body")]
    public async Task Document_that_does_not_hold_together_is_refused_by_field(string body, params string[] fields)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.Operator.PutAsync("/admin/api/settings", content, Cancel);

        await answer.IsRefusedForAsync(fields);
    }

    [Fact]
    public async Task Proxies_that_nothing_proves_are_trusted_in_development_only()
    {
        await using var elsewhere = Support.AdminApi.Start(
            admin.Stores.Database, admin.Stores.Redis, ("environment", "Staging"));
        using var client = await elsewhere.SignInAsync();
        string[] networks = ["10.0.0.0/8"];

        using var answer = await client.PutAsJsonAsync(
            "/admin/api/settings", new { trustedProxies = networks }, Cancel);

        await answer.IsRefusedForAsync("trustedProxies");
    }

    private static IEnumerable<string> Differences(SettingsChange change) =>
        change.Changes.Select(it => $"{it.Name}:{it.From?.GetRawText()}->{it.To?.GetRawText()}");

    private async Task<SettingsDocument> PutAsync(object changes)
    {
        using var answer = await admin.PutAsync("settings", changes);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SettingsDocument>(Cancel))!;
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object body, params string[] tags)
    {
        var request = new HttpRequestMessage(method, $"/admin/api/{path}") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", tags);
        return admin.Operator.SendAsync(request, Cancel);
    }
}
