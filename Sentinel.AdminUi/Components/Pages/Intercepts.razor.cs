using Microsoft.AspNetCore.Components;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Components.Shared;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Pages;

/// <summary>The log, the newest first; filters live in the address, older entries are added below.</summary>
public sealed partial class Intercepts
{
    private const int PageSize = 50;

    private static readonly (string Name, string Title, TimeSpan Span)[] _periods =
    [
        ("1h", "the last hour", TimeSpan.FromHours(1)),
        ("24h", "the last 24 hours", TimeSpan.FromDays(1)),
        ("7d", "the last 7 days", TimeSpan.FromDays(7)),
        ("30d", "the last 30 days", TimeSpan.FromDays(30)),
    ];

    private Stretches<LogEntry>? _log;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? Ip { get; set; }

    [SupplyParameterFromQuery]
    private string? Reason { get; set; }

    [SupplyParameterFromQuery]
    private string? Since { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private object Filter => (Q, Ip, Reason, Since);

    private bool IsFiltered => (Q ?? Ip ?? Reason ?? Since) is not null;

    private LogQuery Query
    {
        get
        {
            var span = Array.Find(_periods, period => period.Name == Since).Span;
            return new LogQuery(span == default ? null : Time.GetUtcNow() - span, Reason, Q, Ip, PageSize);
        }
    }

    private async Task<ApiAnswer<Stretch<LogEntry>>> LoadAsync(string? cursor, CancellationToken cancellationToken)
    {
        var answer = await Api.LogsAsync(Query, cursor, cancellationToken);
        return answer.Select(static page => new Stretch<LogEntry>(page.Items, page.Next));
    }

    private Task ReloadAsync() => _log?.ReloadAsync() ?? Task.CompletedTask;

    private void Show(string filter, ChangeEventArgs change) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter(filter.ToLowerInvariant(), Queries.NullIfBlank((string?)change.Value)));
}
