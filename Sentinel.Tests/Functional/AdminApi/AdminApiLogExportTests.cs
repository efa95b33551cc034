using System.Text.Json;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiLogExportTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_cannot_run_in_a_spreadsheet()
    {
        _ = await admin.InterceptAsync(null, it => it with
        {
            Reason = "banned",
            Path = "=HYPERLINK(\"http://x\",\"y\")",
            UserAgent = " @SUM(1)",
            Method = "-1",
        });

        using var answer = await admin.Operator.GetAsync("/admin/api/logs/export?reason=banned", Cancel);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("intercepts.csv", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith("id,occurredAt,reason,", lines[0]);
        Assert.Contains(",'-1,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",' @SUM(1),", lines[1]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task Ndjson_has_every_entry_that_matches_over_many_stretches()
    {
        await using var insert = admin.Stores.Host.Database.CreateCommand("""
            INSERT INTO intercept_logs
            SELECT gen_random_uuid(), now() - n % 7 * interval '1 hour', 'expired', false, 'sk-…many', NULL, NULL, NULL,
                   '{}', 'GET', '/' || n, '', '', '', '', 1
              FROM generate_series(1, 6500) AS n
            """);
        _ = await insert.ExecuteNonQueryAsync(Cancel);

        var text = await admin.Operator.GetStringAsync("/admin/api/logs/export?format=ndjson&reason=expired", Cancel);
        var entries = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<LogEntry>(line, JsonSerializerOptions.Web)!)
            .ToList();

        Assert.Equal(6500, entries.Count);
        Assert.Equal(6500, entries.Select(entry => entry.Id).Distinct().Count());
        var moments = entries.Select(entry => entry.OccurredAt).ToList();
        Assert.Equal(moments.OrderDescending(), moments);
    }

    [Fact]
    public async Task Export_of_an_unknown_kind_is_refused_by_field()
    {
        using var answer = await admin.Operator.GetAsync("/admin/api/logs/export?format=xlsx&ip=x", Cancel);

        await answer.IsRefusedForAsync("format", "ip");
    }
}
