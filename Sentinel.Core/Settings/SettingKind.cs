namespace Sentinel.Core.Settings;

/// <summary>What the values of a setting are.</summary>
public enum SettingKind
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A whole number of seconds.</summary>
    Seconds,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>A list of networks in CIDR notation.</summary>
    Networks,

    /// <summary>An http or https address.</summary>
    Address,

    /// <summary>A text of so many characters.</summary>
    Text,
}
