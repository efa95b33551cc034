using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Sentinel.Tests.Unit;

/// <summary>
/// Checks a rule against many generated cases: 1,000, in CI 100,000, or as many as the environment says.
/// </summary>
internal static class Rule
{
    private static readonly int _cases = CountCases();

    public static void Holds<T>(Gen<T> given, Func<T, bool> rule) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(_cases).WithQuietOnSuccess(true),
            Prop.ForAll(given.ToArbitrary(), rule));

    /// <summary>Texts of up to so many characters, each from an alphabet.</summary>
    public static Gen<string> Text(string alphabet, int maxLength) =>
        from length in Gen.Choose(0, maxLength)
        from characters in Gen.ArrayOf(Gen.Elements(alphabet.ToCharArray()), length)
        select new string(characters);

    private static int CountCases()
    {
        var isGiven = int.TryParse(
            Environment.GetEnvironmentVariable("SENTINEL_PROPERTY_CASES"), CultureInfo.InvariantCulture, out var given);
        return isGiven ? given : Environment.GetEnvironmentVariable("CI") == "true" ? 100_000 : 1_000;
    }
}
