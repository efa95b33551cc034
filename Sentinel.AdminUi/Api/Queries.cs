using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Sentinel.AdminUi.Api;

/// <summary>Which bindings to list.</summary>
public sealed record BindingQuery(string? State, string? Text, string? Address, string? Sort, int Page, int PageSize)
{
    internal string ToPath() => QueryHelpers.AddQueryString("bindings", new Dictionary<string, string?>
    {
        ["state"] = Queries.NullIfBlank(State),
        ["q"] = Queries.NullIfBlank(Text),
        ["ip"] = Queries.NullIfBlank(Address),
        ["sort"] = Queries.NullIfBlank(Sort),
        ["page"] = Page.ToString(CultureInfo.InvariantCulture),
        ["pageSize"] = PageSize.ToString(CultureInfo.InvariantCulture),
    });
}

/// <summary>Which intercepts to list, and after which cursor.</summary>
public sealed record LogQuery(DateTimeOffset? From, string? Reason, string? Text, string? Address, int Limit)
{
    internal string ToPath(string? cursor) => QueryHelpers.AddQueryString("logs", new Dictionary<string, string?>
    {
        ["from"] = From?.ToString("O", CultureInfo.InvariantCulture),
        ["reason"] = Queries.NullIfBlank(Reason),
        ["q"] = Queries.NullIfBlank(Text),
        ["ip"] = Queries.NullIfBlank(Address),
        ["cursor"] = cursor,
        ["limit"] = Limit.ToString(CultureInfo.InvariantCulture),
    });
}

internal static class Queries
{
    public static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
