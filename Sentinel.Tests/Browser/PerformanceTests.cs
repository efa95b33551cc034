using System.Text.Json;
using Npgsql;
using Sentinel.Tests.Conventions;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>
/// Measures with the browser's own clock and keeps the figures in <c>artifacts/console-performance.json</c>. Only that
/// everything comes is asserted: how fast it is depends on the machine.
/// </summary>
public sealed class PerformanceTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private const int Bindings = 100_000;
    private const int Turns = 10;

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    private const string Usable = """
        () => {
          const [page] = performance.getEntriesByType("navigation");
          const paint = performance.getEntriesByName("first-contentful-paint")[0];
          return [page.responseStart, page.domContentLoadedEventEnd, paint?.startTime ?? 0, performance.now()]
            .map(Math.round);
        }
        """;

    private const string TurnPage = """
        () => new Promise(done => {
          const first = () => document.querySelector("table.bindings tbody tr")?.innerText;
          const before = first();
          const start = performance.now();
          const watch = new MutationObserver(() => {
            if (first() === before) return;
            watch.disconnect();
            requestAnimationFrame(() => done(Math.round(performance.now() - start)));
          });
          watch.observe(document.querySelector("main"), { childList: true, characterData: true, subtree: true });
          document.querySelector("a[rel=next]").click();
        })
        """;

    // Hints that differ, so that another page is another page to the eye.
    private const string Fill = """
        INSERT INTO bindings (id, fingerprint, hint, state, networks, created_at, first_used_from)
        SELECT gen_random_uuid(), sha256(i::text::bytea), 'sk-…' || lpad(to_hex(i), 6, '0'), 'active',
               '{203.0.113.7/32}', now() - i * interval '1 minute', '203.0.113.7'
          FROM generate_series(1, $1) AS i
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_is_usable_and_pages_are_turned_and_the_figures_are_kept()
    {
        await FillAsync();
        await using var viewer = await console.SignInAsync("bindings");
        await Expect(viewer.Page.Locator("table.bindings tbody tr")).ToHaveCountAsync(20);
        await viewer.Page.ReloadAsync();
        await viewer.Page.Locator("table.bindings tbody tr").First.WaitForAsync();
        var usable = await viewer.Page.EvaluateAsync<int[]>(Usable);

        var turns = new List<int>();
        for (var turn = 0; turn < Turns; turn++)
        {
            turns.Add(await viewer.Page.EvaluateAsync<int>(TurnPage));
        }

        turns.Sort();
        await KeepAsync(new
        {
            bindings = Bindings,
            firstPage = new
            {
                responseStartMs = usable[0], domReadyMs = usable[1], firstPaintMs = usable[2], usableMs = usable[3],
            },
            turnOfThePage = new { count = Turns, medianMs = turns[Turns / 2], slowestMs = turns[^1] },
        });
    }

    private async Task FillAsync()
    {
        await using var database = NpgsqlDataSource.Create(console.Api.Stores.Database);
        await using var fill = database.CreateCommand(Fill);
        fill.Parameters.Add(new NpgsqlParameter { Value = Bindings });
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync(Cancel);
        await using var analyze = database.CreateCommand("ANALYZE");
        await analyze.ExecuteNonQueryAsync(Cancel);
    }

    private static Task KeepAsync(object figures)
    {
        var text = JsonSerializer.Serialize(figures, _indented);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        return File.WriteAllTextAsync(Path.Combine(Tree.Root, "artifacts", "console-performance.json"), text, Cancel);
    }
}
