using System.Globalization;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>Numbers as people read them.</summary>
internal static class Numbers
{
    public static string Full(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Short(long number) => number switch
    {
        >= 10_000_000 => Invariant(number / 1_000_000d, "0M"),
        >= 1_000_000 => Invariant(number / 1_000_000d, "0.#M"),
        >= 10_000 => Invariant(number / 1_000d, "0k"),
        >= 1_000 => Invariant(number / 1_000d, "0.#k"),
        _ => Invariant(number, "0"),
    };

    public static string Percent(long part, long whole) => Invariant(whole == 0 ? 0 : 100d * part / whole, "0.##");

    private static string Invariant(double number, string format) =>
        number.ToString(format, CultureInfo.InvariantCulture);
}
