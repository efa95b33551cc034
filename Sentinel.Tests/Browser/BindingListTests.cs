using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>More bindings than have page numbers.</summary>
public sealed class BindingListTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    // Hints that sort as the list does: the newest first.
    private const string Fill = """
        INSERT INTO bindings (id, fingerprint, hint, state, networks, created_at, first_used_from)
        SELECT gen_random_uuid(), sha256(i::text::bytea), 'sk-…' || lpad(i::text, 5, '0'), 'active',
               '{203.0.113.7/32}', now() - i * interval '1 minute', '203.0.113.7'
          FROM generate_series(1, 10050) AS i
        """;

    [Fact]
    public async Task List_goes_on_behind_the_ten_thousandth_binding_and_back()
    {
        await using var database = NpgsqlDataSource.Create(console.Api.Stores.Database);
        await using var fill = database.CreateCommand(Fill);
        await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var viewer = await console.SignInAsync("bindings?page=500");

        await ShowsAsync(viewer, "9,981–10,000", "sk-…09981");
        await TurnAsync(viewer, "Next");
        await ShowsAsync(viewer, "10,001–10,020", "sk-…10001");
        await TurnAsync(viewer, "Next");
        await ShowsAsync(viewer, "10,021–10,040", "sk-…10021");
        await viewer.Page.ReloadAsync();
        await ShowsAsync(viewer, "10,021–10,040", "sk-…10021");
        await TurnAsync(viewer, "Next");
        await ShowsAsync(viewer, "10,041–10,050 of", "sk-…10041");
        await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Next" })).ToBeHiddenAsync();
        await TurnAsync(viewer, "Previous");
        await ShowsAsync(viewer, "10,021–10,040", "sk-…10021");
        await TurnAsync(viewer, "Previous");
        await ShowsAsync(viewer, "9,981–10,000", "sk-…09981");
        viewer.AssertNoComplaints();
    }

    private static Task TurnAsync(Viewer viewer, string where) =>
        viewer.Page.GetByRole(AriaRole.Link, new() { Name = where }).ClickAsync();

    private static async Task ShowsAsync(Viewer viewer, string places, string first)
    {
        await Expect(viewer.Page.Locator(".pager")).ToContainTextAsync(places);
        await Expect(viewer.Page.Locator("table.bindings tbody tr").First).ToContainTextAsync(first);
    }
}
