using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiLogTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static readonly DateTimeOffset _then = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entry_says_what_was_refused()
    {
        var binding = await admin.BindAsync();
        var written = await admin.InterceptAsync(binding, it => it with { Count = 7, UserAgent = "curl/8.9" });

        var page = await admin.GetAsync<LogPage>($"logs?q={written.RequestId}");

        var entry = Assert.Single(page.Items);
        Assert.Equal((written.Id, binding.Id, written.TraceId), (entry.Id, entry.BindingId, entry.TraceId));
        Assert.Equal(("address_mismatch", The.Stranger.ToString()), (entry.Reason, entry.Caller));
        Assert.Equal(("POST", "/v1/chat/completions", "curl/8.9"), (entry.Method, entry.Path, entry.UserAgent));
        Assert.Equal([$"{The.Caller}/32"], entry.Networks);
        Assert.Equal((7, false), (entry.Count, entry.Observed));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Filters_find_by_time_reason_address_and_text()
    {
        await At(0, it => it with { Reason = DenyReason.Banned.Code });
        await At(1, it => it with { Caller = The.Address("192.0.2.9") });
        await At(2, it => it with { Hint = "sk-…find" });
        await At(3, it => it with { Caller = null, TraceId = "f00d" });

        Assert.Equal("0", await FoundAsync("reason=banned", 0, 9));
        Assert.Equal("1", await FoundAsync("ip=192.0.2.9", 0, 9));
        Assert.Equal("1", await FoundAsync("ip=192.0.2.0/28", 0, 9));
        Assert.Equal("2", await FoundAsync("q=FIND", 0, 9));
        Assert.Equal("3", await FoundAsync("q=f00d", 0, 9));
        Assert.Equal("3210", await FoundAsync("", 0, 9));
        Assert.Equal("32", await FoundAsync("", 2, 9));
        Assert.Equal("21", await FoundAsync("", 1, 3));

        Task At(int minute, Func<Core.Trail.Intercept, Core.Trail.Intercept> with) =>
            admin.InterceptAsync(null, it => with(it) with { OccurredAt = _then.AddMinutes(minute) });

        static string Time(int minute) => Uri.EscapeDataString(_then.AddMinutes(minute).ToString("o"));

        async Task<string> FoundAsync(string query, int from, int to)
        {
            var page = await admin.GetAsync<LogPage>($"logs?from={Time(from)}&to={Time(to)}&{query}");
            return string.Concat(page.Items.Select(entry => (entry.OccurredAt - _then).Minutes));
        }
    }

    [Fact]
    public async Task Cursor_leads_through_all_entries_even_those_of_one_moment()
    {
        var moment = _then.AddYears(-1);
        for (var n = 0; n < 7; n++)
        {
            _ = await admin.InterceptAsync(null, it => it with { OccurredAt = moment, Reason = "expired" });
        }

        var seen = new List<Guid>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await admin.GetAsync<LogPage>($"logs?reason=expired&limit=3&cursor={cursor}");
            seen.AddRange(page.Items.Select(entry => entry.Id));
            cursor = page.Next;
        }

        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
    }

    [Theory]
    [InlineData("from=yesterday&to=x", "from", "to")]
    [InlineData("ip=1.2.3", "ip")]
    [InlineData("cursor=1", "cursor")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    public async Task Query_that_cannot_be_read_is_refused_by_field(string query, params string[] fields)
    {
        using var answer = await admin.Operator.GetAsync($"/admin/api/logs?{query}", Cancel);

        await answer.IsRefusedForAsync(fields);
    }
}
