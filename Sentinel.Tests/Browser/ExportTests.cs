using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Sentinel.Core.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>An export without an end, which nobody could hold as a whole.</summary>
public sealed class ExportTests(Chromium chromium)
{
    private readonly TaskCompletionSource _ended = new();

    [Fact]
    public async Task Rows_are_passed_on_as_they_come_and_the_export_can_be_ended()
    {
        await using var api = await FakeAdminApi.StartAsync(it =>
        {
            it.MapGet("/logs", () => new LogPage([], Next: null));
            it.MapGet("/logs/export", SendAsync);
        });
        await using var console = AdminUiApp.Start(new Uri(api.Urls.Single()));
        await using var viewer = await chromium.OpenAsync(console.Address);
        await viewer.SignInAsync("ada", "whatever", "intercepts");
        await Expect(viewer.Page.GetByText("Nothing was intercepted.")).ToBeVisibleAsync();
        var exports = viewer.Page.Locator(".exports");

        await viewer.Page.RunAndWaitForDownloadAsync(
            () => exports.GetByRole(AriaRole.Link, new() { Name = "NDJSON" }).ClickAsync());
        await Expect(exports.GetByRole(AriaRole.Status)).ToHaveTextAsync(new Regex("^[1-9][0-9,]* rows$"));
        await viewer.KeepAsync("intercepts-exporting-light");
        await exports.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(exports.GetByRole(AriaRole.Status)).ToHaveTextAsync("The export was ended.");
        await _ended.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends rows until the other side has gone.</summary>
    private async Task SendAsync(HttpContext context)
    {
        context.Response.ContentType = "application/x-ndjson";
        var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"reason\":\"banned\"}\n", 100)));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await pace.WaitForNextTickAsync(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(rows, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            _ended.SetResult();
        }
    }
}
