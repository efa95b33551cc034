using System.Globalization;
using System.Text.Json;
using Sentinel.Core.Callers;

namespace Sentinel.Core.Settings;

/// <summary>A setting that an operator changes while everything runs.</summary>
/// <param name="Name">Its name in the admin API.</param>
/// <param name="Path">The .NET setting that it stands for, and wins over.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Default">What counts while nobody set it anywhere.</param>
/// <param name="Effect">What it does, for the one who changes it.</param>
public sealed record LiveSetting(string Name, string Path, SettingKind Kind, JsonElement Default, string Effect)
{
    private const int MaxNetworks = 100;

    /// <summary>The room that it belongs to.</summary>
    public string Group => Path.Split(':')[1];

    /// <summary>The smallest number, or the fewest characters.</summary>
    public long Minimum { get; init; }

    /// <summary>The largest number, or the most characters.</summary>
    public long Maximum { get; init; }

    /// <summary>The words to choose from.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it is only ever written: stored sealed, used by Sentinel, shown to nobody.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether its values lie between <see cref="Minimum"/> and <see cref="Maximum"/>.</summary>
    public bool IsNumber => Kind is SettingKind.Number or SettingKind.Seconds;

    /// <summary>What is wrong with a value; null if nothing is.</summary>
    public string? FaultOf(JsonElement value)
    {
        try
        {
            return FaultOfKind(value);
        }
        catch (InvalidOperationException)
        {
            return "This cannot be read."; // JSON can write half of a character, which is then no text to .NET
        }
    }

    private string? FaultOfKind(JsonElement value) => Kind switch
    {
        SettingKind.Boolean =>
            value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "Either true or false.",
        SettingKind.Choice =>
            value.ValueKind is JsonValueKind.String && Choices.Contains(value.GetString()!)
                ? null
                : $"One of {string.Join(", ", Choices)}.",
        SettingKind.Networks => FaultOfNetworks(value),
        SettingKind.Address => WebAddress.FaultOf(value.ValueKind is JsonValueKind.String ? value.GetString()! : ""),
        SettingKind.Text => FaultOfText(value),
        _ => FaultOfNumber(value),
    };

    /// <summary>The value as the .NET setting has it.</summary>
    public string ToConfiguration(JsonElement value) => Kind switch
    {
        SettingKind.Seconds => TimeSpan.FromSeconds(value.GetInt64()).ToString("c", CultureInfo.InvariantCulture),
        SettingKind.Choice or SettingKind.Address or SettingKind.Text => value.GetString()!,
        SettingKind.Networks => string.Join(',', value.EnumerateArray().Select(network => network.GetString())),
        _ => value.GetRawText(),
    };

    private string? FaultOfNumber(JsonElement value)
    {
        var isInRange = value.ValueKind is JsonValueKind.Number
            && value.TryGetInt64(out var number) && number >= Minimum && number <= Maximum;
        return isInRange ? null : string.Create(CultureInfo.InvariantCulture, $"A number from {Minimum} to {Maximum}.");
    }

    private string? FaultOfText(JsonElement value)
    {
        var isText = value.ValueKind is JsonValueKind.String
            && value.GetString() is { } text && text.Length >= Minimum && text.Length <= Maximum
            && !text.Any(char.IsControl);
        return isText ? null : string.Create(CultureInfo.InvariantCulture, $"{Minimum} to {Maximum} characters.");
    }

    private static string? FaultOfNetworks(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > MaxNetworks)
        {
            return $"A list of at most {MaxNetworks} networks.";
        }

        foreach (var item in value.EnumerateArray())
        {
            var text = item.ValueKind is JsonValueKind.String ? item.GetString()! : item.GetRawText();
            if (!Network.TryParse(text, out var network))
            {
                return $"'{text}' is not a network such as 10.0.0.0/8.";
            }

            if (network.Prefix == 0)
            {
                return $"'{text}' holds everybody.";
            }
        }

        return null;
    }
}
