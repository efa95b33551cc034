using System.Globalization;
using System.Text.Json;
using Npgsql;
using Sentinel.Tests.Conventions;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>
/// Measures with the browser's own clock and keeps the figures in <c>artifacts/console-performance.json</c>. Only that
/// everything comes is asserted: how fast it is depends on the machine. <c>./sentinel bench console</c> runs it with a
/// million bindings and judges.
/// </summary>
public sealed class PerformanceTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private const int Loads = 7;
    private const int Turns = 20;

    private static readonly JsonSerializerOptions _indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    // Usable: what the page is for stands there, and can be pressed.
    private const string NoteWhenUsable = """
        new MutationObserver((_, watch) => {
          if (!document.querySelector("main:not([inert]) :is(table.bindings tbody tr, .tile .number)")) return;
          watch.disconnect();
          requestAnimationFrame(() => window.usableAt = performance.now());
        }).observe(document, { childList: true, subtree: true, attributes: true });
        """;

    private const string TurnPage = """
        () => new Promise(done => {
          const first = () => document.querySelector("table.bindings tbody tr")?.innerText;
          const before = first();
          const start = performance.now();
          const watch = new MutationObserver(() => {
            if (first() === before) return;
            watch.disconnect();
            requestAnimationFrame(() => done(performance.now() - start));
          });
          watch.observe(document.querySelector("main"), { childList: true, characterData: true, subtree: true });
          document.querySelector("a[rel=next]").click();
        })
        """;

    // Hints that differ, so that another page is another page to the eye. What triggers would write follows by itself.
    private const string Fill = """
        SET session_replication_role = replica;
        INSERT INTO bindings (id, fingerprint, hint, state, networks, created_at, first_used_from)
        SELECT gen_random_uuid(), sha256(i::text::bytea), 'sk-…' || lpad(to_hex(i), 6, '0'), 'active',
               '{203.0.113.7/32}', now() - i * interval '1 minute', '203.0.113.7'
          FROM generate_series(1, @count) AS i;
        INSERT INTO binding_networks (binding_id, network, created_at)
        SELECT id, unnest(networks), created_at FROM bindings;
        RESET session_replication_role;
        ANALYZE;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Bindings => int.Parse(
        Environment.GetEnvironmentVariable("SENTINEL_BENCH_BINDINGS") ?? "20000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Page_is_usable_and_pages_are_turned_and_the_figures_are_kept()
    {
        await FillAsync();
        await using var viewer = await console.SignInAsync("bindings");
        await Expect(viewer.Page.Locator("table.bindings tbody tr")).ToHaveCountAsync(20);
        var session = await viewer.Page.Context.StorageStateAsync();
        var turns = new List<double>();
        for (var turn = 0; turn < Turns; turn++)
        {
            turns.Add(await viewer.Page.EvaluateAsync<double>(TurnPage));
        }

        await KeepAsync(
        [
            Figure("first page usable", limit: 1500, await LoadAsync("", session)),
            Figure("list usable", limit: 1500, await LoadAsync("bindings", session)),
            Figure("turn of the page", limit: 500, turns),
        ]);
    }

    /// <summary>Opens a page in new browsers that have nothing in their caches yet.</summary>
    private async Task<List<double>> LoadAsync(string path, string session)
    {
        var times = new List<double>();
        for (var load = 0; load < Loads; load++)
        {
            await using var viewer = await console.OpenAsync(session: session);
            await viewer.Page.AddInitScriptAsync(NoteWhenUsable);
            await viewer.Page.GotoAsync(path);
            var usable = await viewer.Page.WaitForFunctionAsync("() => window.usableAt");
            times.Add(await usable.JsonValueAsync<double>());
        }

        return times;
    }

    private static object Figure(string name, int limit, List<double> times)
    {
        var sorted = times.Order().ToList();
        return new
        {
            Name = name,
            LimitMs = limit,
            times.Count,
            MedianMs = Math.Round(sorted[sorted.Count / 2]),
            SlowestMs = Math.Round(sorted[^1]),
        };
    }

    private async Task FillAsync()
    {
        await using var database = NpgsqlDataSource.Create(console.Api.Stores.Database);
        await using var fill = database.CreateCommand(Fill.Replace("@count", $"{Bindings}", StringComparison.Ordinal));
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync(Cancel);
    }

    private static Task KeepAsync(object[] figures)
    {
        var text = JsonSerializer.Serialize(new { Bindings, Figures = figures }, _indented);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        return File.WriteAllTextAsync(Path.Combine(Tree.Root, "artifacts", "console-performance.json"), text, Cancel);
    }
}
