using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Settings and their values as people read and type them.</summary>
internal static partial class SettingText
{
    /// <summary><c>bindOnArrival</c> becomes "Bind on arrival".</summary>
    public static string TitleOf(string name)
    {
        var words = Capital().Replace(name, static match => $" {match.Value.ToLowerInvariant()}");
        return words.Replace("ipv", "IPv", StringComparison.Ordinal) is [var first, .. var rest] && first != 'I'
            ? char.ToUpperInvariant(first) + rest
            : words.Replace("ipv", "IPv", StringComparison.Ordinal);
    }

    /// <summary>What stands in the field; a list has one entry a line.</summary>
    public static string OfValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(OfValue)),
        _ => value.GetRawText(),
    };

    /// <summary>What a person reads; null is "not set".</summary>
    public static string Show(JsonElement? value, string kind, Words words) => value switch
    {
        null => words["not set"],
        _ when kind == "secret" => "…",
        { ValueKind: JsonValueKind.True } => words["on"],
        { ValueKind: JsonValueKind.False } => words["off"],
        { ValueKind: JsonValueKind.Number } number when kind == "seconds" => Span(number.GetInt64()),
        { ValueKind: JsonValueKind.Number } number => Numbers.Full(number.GetInt64()),
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 0 => words["none"],
        { ValueKind: JsonValueKind.Array } list => string.Join(", ", list.EnumerateArray().Select(OfValue)),
        { } other => OfValue(other) is { Length: > 0 } text ? words[text] : words["none"],
    };

    /// <summary>A number of seconds in the largest unit that gives a whole number.</summary>
    public static string Span(long seconds) => seconds switch
    {
        0 => "0 s",
        _ when seconds % 86_400 == 0 => Whole(seconds / 86_400, "d"),
        _ when seconds % 3_600 == 0 => Whole(seconds / 3_600, "h"),
        _ when seconds % 60 == 0 => Whole(seconds / 60, "min"),
        _ => Whole(seconds, "s"),
    };

    /// <summary>What is typed, as the admin API reads it; null if it is none of this kind.</summary>
    public static JsonElement? Parse(string text, SettingItem item) => item.Kind switch
    {
        "boolean" => bool.TryParse(text, out var flag) ? JsonSerializer.SerializeToElement(flag) : null,
        "number" or "seconds" => ParseNumber(text, item),
        "networks" => NetworkText.Split(text) is var networks && networks.All(NetworkText.IsValid)
            ? JsonSerializer.SerializeToElement(networks)
            : null,
        _ => JsonSerializer.SerializeToElement(text.Trim()),
    };

    private static JsonElement? ParseNumber(string text, SettingItem item)
    {
        var isNumber = long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= (item.Minimum ?? 0) && number <= (item.Maximum ?? long.MaxValue);
        return isNumber ? JsonSerializer.SerializeToElement(number) : null;
    }

    private static string Whole(long count, string unit) => $"{Numbers.Full(count)} {unit}";

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Capital();
}
