using Microsoft.Extensions.Configuration;

namespace Sentinel.ServiceDefaults.Guardrails;

/// <summary>One thing that must not be so in production.</summary>
/// <param name="Name">How it is called, also in <c>SENTINEL_ACKNOWLEDGE</c>.</param>
/// <param name="Problem">What is wrong and what to do about it; null if all is well.</param>
public sealed record Guardrail(string Name, string? Problem);

/// <summary>The settings, and what the operator has knowingly accepted.</summary>
/// <param name="settings">What is looked at.</param>
/// <param name="isWhole">Whether they are those of all apps, so that nothing may be missing.</param>
internal sealed class GuardedSettings(IConfiguration settings, bool isWhole)
{
    private readonly string[] _acknowledged = Settings.CommaList.Split(settings["Sentinel:Acknowledge"] ?? "");

    /// <summary>What a setting says; null if nothing.</summary>
    public string? this[string name] => settings[name] is { Length: > 0 } value ? value : null;

    public bool IsWhole => isWhole;

    public bool IsTrue(string name) => bool.TryParse(this[name], out var value) && value;

    public IEnumerable<string> List(string name) => Settings.CommaList.Split(settings[name] ?? "");

    /// <summary>What the entries of a section say under a name.</summary>
    public IEnumerable<string> Each(string section, string name) => settings.GetSection(section).GetChildren()
        .SelectMany(entry => Settings.CommaList.Split(entry[name] ?? ""));

    /// <summary>A problem that an operator may accept, and how he says so.</summary>
    public Guardrail Acceptable(string name, string? problem) => new(
        name,
        problem is null || _acknowledged.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"{problem} If it must be so, set SENTINEL_ACKNOWLEDGE={name}.");
}
