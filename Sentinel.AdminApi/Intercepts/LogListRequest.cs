using System.Globalization;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Intercepts;

/// <summary>The query of the log, as it was typed: so that each field can say what is wrong with it.</summary>
internal sealed record LogListRequest(
    string? From, string? To, string? Reason, string? Ip, string? Q, string? Cursor, string? Limit)
{
    private const int MaxLimit = 500;
    private const int DefaultLimit = 50;
    private const int MaxTextLength = 100;

    /// <summary>Reads all fields and notes what cannot be read.</summary>
    public InterceptFilter Read(FieldErrors errors)
    {
        Network network = default;
        var after = default(InterceptPosition);
        errors.Check(string.IsNullOrEmpty(Ip) || Network.TryParse(Ip, out network), "ip", FieldErrors.NetworkExpected);
        errors.Check(string.IsNullOrEmpty(Cursor) || TryReadCursor(Cursor, out after), "cursor", "Not one of ours.");
        errors.Check(Reason is null or { Length: <= MaxTextLength }, "reason", $"At most {MaxTextLength} characters.");
        errors.Check(Q is null or { Length: <= MaxTextLength }, "q", $"At most {MaxTextLength} characters.");
        return new InterceptFilter(
            ReadTime(From, "from", errors),
            ReadTime(To, "to", errors),
            string.IsNullOrEmpty(Reason) ? null : Reason,
            string.IsNullOrEmpty(Ip) ? null : network,
            string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
            After: after,
            Limit: ReadLimit(errors));
    }

    /// <summary>The cursor that leads on from an entry.</summary>
    public static string CursorAfter(LogEntry entry) => CursorAfter(entry.OccurredAt, entry.Id);

    /// <summary>The cursor that leads on from whatever is sorted by its time.</summary>
    public static string CursorAfter(DateTimeOffset occurredAt, Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"{occurredAt.UtcTicks}-{id:n}");

    /// <summary>Reads such a cursor.</summary>
    public static bool TryReadCursor(string text, out InterceptPosition? position)
    {
        position = null;
        var parts = text.Split('-');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks
            || !Guid.TryParseExact(parts[1], "n", out var id))
        {
            return false;
        }

        position = new InterceptPosition(new DateTimeOffset(ticks, TimeSpan.Zero), id);
        return true;
    }

    private static DateTimeOffset? ReadTime(string? text, string field, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        errors.Check(
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time),
            field,
            "A time, such as 2026-01-31T12:00:00Z.");
        return time;
    }

    private int ReadLimit(FieldErrors errors)
    {
        if (string.IsNullOrEmpty(Limit))
        {
            return DefaultLimit;
        }

        var isNumber = int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var limit);
        errors.Check(isNumber && limit is >= 1 and <= MaxLimit, "limit", $"A number from 1 to {MaxLimit}.");
        return limit;
    }
}
