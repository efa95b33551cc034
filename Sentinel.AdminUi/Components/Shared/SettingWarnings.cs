using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>What an operator should know before a change takes protection away.</summary>
internal static class SettingWarnings
{
    public static IEnumerable<string> Of(IEnumerable<SettingDifference> changes) =>
        changes.Select(static change => (change.Name, To: change.To is { } to ? SettingText.OfValue(to) : null))
            .Select(static change => change switch
            {
                ("mode", "observe") => "Nothing is refused any more for where it comes from: a stolen key works from "
                    + "everywhere, and is only recorded.",
                ("mode", "enforce") => "Keys are refused from networks they are not bound to. Look at the intercepts "
                    + "first: what would have been refused is listed there.",
                ("failsafe", "open") => "While the stores are away, keys that nobody knows are let through.",
                ("bindOnArrival", "true") => "Anybody can then bind keys by guessing them, and fill the table.",
                ("trustedProxies", _) => "Whoever is in these networks says for whom it speaks. Is one too many here, "
                    + "a thief can name any address; is one missing, all callers behind it look like one.",
                _ => null,
            })
            .OfType<string>();
}
