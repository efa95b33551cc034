using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Sentinel.AdminUi.Api;

/// <summary>Which bindings to list: a page by its number, or what follows a cursor.</summary>
public sealed record BindingQuery(
    string? State, string? Text, string? Address, string? Sort, int Page, int PageSize, string? Cursor = null)
{
    internal string ToPath() => QueryHelpers.AddQueryString("bindings", new Dictionary<string, string?>
    {
        ["state"] = Queries.NullIfBlank(State),
        ["q"] = Queries.NullIfBlank(Text),
        ["ip"] = Queries.NullIfBlank(Address),
        ["sort"] = Queries.NullIfBlank(Sort),
        ["page"] = Cursor is null ? Page.ToString(CultureInfo.InvariantCulture) : null,
        ["cursor"] = Cursor,
        ["pageSize"] = PageSize.ToString(CultureInfo.InvariantCulture),
    });
}

/// <summary>Which intercepts to list, and after which cursor.</summary>
public sealed record LogQuery(DateTimeOffset? From, string? Reason, string? Text, string? Address, int Limit)
{
    internal string ToPath(string? cursor) => QueryHelpers.AddQueryString("logs", Filter()
        .Append(KeyValuePair.Create("cursor", cursor))
        .Append(KeyValuePair.Create<string, string?>("limit", Limit.ToString(CultureInfo.InvariantCulture))));

    /// <summary>The filter alone, for an export.</summary>
    internal string ToExport() => QueryHelpers.AddQueryString("", Filter()).TrimStart('?');

    private Dictionary<string, string?> Filter() => new()
    {
        ["from"] = From?.ToString("O", CultureInfo.InvariantCulture),
        ["reason"] = Queries.NullIfBlank(Reason),
        ["q"] = Queries.NullIfBlank(Text),
        ["ip"] = Queries.NullIfBlank(Address),
    };
}

internal static class Queries
{
    public static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
