using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class AuditTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_operator_did_is_listed_and_verified_and_a_forgery_is_found()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…audt");
        using var banned = await console.Api.PostAsync("bindings/ban", new { id = binding.Id });
        using var labelled = await console.Api.PutAsync("bindings/label", new { id = binding.Id, label = "leaked" });
        await using var viewer = await console.SignInAsync("audit?action=binding.banned");

        await Expect(viewer.Page.Locator("table.audit tbody tr")).ToHaveCountAsync(1);
        await Expect(viewer.Page.Locator("table.audit tbody tr")).ToContainTextAsync(Support.AdminApi.Username);
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(viewer.Page.Locator("table.audit")).ToContainTextAsync("binding.label");
        await VerifyAsync(viewer);
        await Expect(viewer.Page.Locator(".notice.is-good")).ToContainTextAsync("as they were written");

        await using var database = NpgsqlDataSource.Create(console.Api.Stores.Database);
        await using var forgery = database.CreateCommand("UPDATE admin_audit SET actor = 'mallory' WHERE id = 1");
        await forgery.ExecuteNonQueryAsync(Cancel);
        await VerifyAsync(viewer);

        await Expect(viewer.Page.Locator(".notice.is-bad")).ToContainTextAsync("Entry 1 is not as it was written");
        await viewer.KeepAsync("audit-forged-light");
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Filter_that_nothing_matches_says_so()
    {
        await using var viewer = await console.SignInAsync("audit?actor=nobody");

        await Expect(viewer.Page.GetByText("No entry matches.")).ToBeVisibleAsync();
    }

    private static Task VerifyAsync(Viewer viewer) =>
        viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
}
