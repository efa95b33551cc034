namespace Sentinel.Core.Credentials;

/// <summary>Which spellings of a key are one key to a downstream.</summary>
public enum KeyShape
{
    /// <summary>The key is what it is.</summary>
    Whole,

    /// <summary>
    /// One <c>sk-</c> may stand in front, a channel number behind the next <c>-</c>; 16 to 128 alphanumerics between.
    /// </summary>
    OneApi,

    /// <summary>
    /// As <see cref="OneApi"/> where exactly 48 alphanumerics stand between, else as <see cref="Whole"/>.
    /// </summary>
    OneApiIf48,
}
