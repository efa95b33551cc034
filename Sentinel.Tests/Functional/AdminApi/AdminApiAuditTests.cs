using System.Globalization;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiAuditTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_change_is_noted_with_who_and_from_where()
    {
        var binding = await admin.BindAsync();

        using var ban = await admin.PostAsync("bindings/ban", new BindingReference(binding.Id));
        using var unban = await admin.PostAsync("bindings/unban", new BindingReference(binding.Id));
        using var networks = await admin.PutAsync("bindings/ip", new NetworksRequest(binding.Id, Ip: "192.0.2.9"));
        using var label = await admin.PutAsync("bindings/label", new LabelRequest(binding.Id, "x"));
        using var rebind = await admin.PostAsync("bindings/unbind", new UnbindRequest(binding.Id, Next: "192.0.2.8"));
        using var unbind = await admin.PostAsync("bindings/unbind", new UnbindRequest(binding.Id));
        using var refused = await admin.PostAsync("bindings/unbind", new UnbindRequest(binding.Id));
        using var settings = await admin.PutAsync("settings", new { claimWait = 4 });

        var entries = (await admin.GetAsync<AuditPage>("audit?actor=admin")).Items.Take(7).ToList();
        Assert.Equal(
            [
                "settings.change", "binding.unbind", "binding.rebind", "binding.label", "binding.networks",
                "binding.active", "binding.banned",
            ],
            entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal(("admin", "127.0.0.1"), (entry.Actor, entry.Caller)));
        Assert.All(entries.Skip(1), entry => Assert.Equal($"{binding.Id}", entry.Target));
        Assert.Equal("192.0.2.8/32", entries[2].Details.GetProperty("networks")[0].GetString());
        Assert.Equal(4, entries[0].Details.GetProperty("claimWait").GetInt32());
    }

    [Fact]
    public async Task Chain_of_simultaneous_changes_is_whole_and_a_tampered_entry_is_named()
    {
        var bindings = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.BindAsync()));
        _ = await Task.WhenAll(bindings.Select(it => admin.PostAsync("bindings/ban", new BindingReference(it.Id))));
        var before = await admin.GetAsync<AuditVerdict>("audit/verify");
        var victim = (await admin.GetAsync<AuditPage>("audit?action=binding.banned")).Items[10];

        await ExecuteAsync($"UPDATE admin_audit SET actor = 'somebody' WHERE id = {victim.Id}");
        var edited = await admin.GetAsync<AuditVerdict>("audit/verify");
        await ExecuteAsync($"UPDATE admin_audit SET actor = 'admin' WHERE id = {victim.Id}");
        var healed = await admin.GetAsync<AuditVerdict>("audit/verify");
        await ExecuteAsync($"CREATE TABLE removed AS SELECT * FROM admin_audit WHERE id = {victim.Id}");
        await ExecuteAsync($"DELETE FROM admin_audit WHERE id = {victim.Id}");
        var cut = await admin.GetAsync<AuditVerdict>("audit/verify");
        await ExecuteAsync("INSERT INTO admin_audit SELECT * FROM removed");

        Assert.True(before.IsIntact && healed.IsIntact && before.Count >= 20);
        Assert.Equal((false, victim.Id), (edited.IsIntact, edited.BrokenAt));
        Assert.Equal((false, victim.Id + 1), (cut.IsIntact, cut.BrokenAt));
        Assert.Equal(before.Head, healed.Head);
    }

    [Fact]
    public async Task Cursor_leads_on_and_what_is_none_is_refused()
    {
        var first = (await admin.GetAsync<AuditPage>("audit")).Items;
        var cursor = first.Count == 0 ? "5" : first[0].Id.ToString(CultureInfo.InvariantCulture);

        using var refused = await admin.Operator.GetAsync("/admin/api/audit?cursor=x", Cancel);

        var second = (await admin.GetAsync<AuditPage>($"audit?cursor={cursor}")).Items;
        Assert.Equal(first.Skip(1), second.Take(first.Count), SameId);
        await refused.IsRefusedForAsync("cursor");
    }

    private static bool SameId(AuditEntry one, AuditEntry other) => one.Id == other.Id;

    private async Task ExecuteAsync(string sql)
    {
        await using var command = admin.Stores.Host.Database.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }
}
