using System.Globalization;
using System.Text.Json;

namespace Sentinel.Core.Settings;

/// <summary>A setting that an operator changes while everything runs.</summary>
/// <param name="Name">Its name in the admin API.</param>
/// <param name="Path">The .NET setting that it stands for, and wins over.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Default">What counts while nobody set it anywhere.</param>
/// <param name="Effect">What it does, for the one who changes it.</param>
public sealed record LiveSetting(string Name, string Path, SettingKind Kind, JsonElement Default, string Effect)
{
    /// <summary>The smallest number.</summary>
    public long Minimum { get; init; }

    /// <summary>The largest number.</summary>
    public long Maximum { get; init; }

    /// <summary>What is wrong with a value; null if nothing is.</summary>
    public string? FaultOf(JsonElement value)
    {
        if (Kind is SettingKind.Boolean)
        {
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "Either true or false.";
        }

        var isNumber = value.ValueKind is JsonValueKind.Number
            && value.TryGetInt64(out var number) && number >= Minimum && number <= Maximum;
        return isNumber ? null : string.Create(CultureInfo.InvariantCulture, $"A number from {Minimum} to {Maximum}.");
    }

    /// <summary>The value as the .NET setting has it.</summary>
    public string ToConfiguration(JsonElement value) => Kind switch
    {
        SettingKind.Seconds => TimeSpan.FromSeconds(value.GetInt64()).ToString("c", CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}

/// <summary>What the values of a setting are.</summary>
public enum SettingKind
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A whole number of seconds.</summary>
    Seconds,
}
