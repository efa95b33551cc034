using Microsoft.Playwright;

namespace Sentinel.Tests.Browser;

/// <summary>How a page is looked at.</summary>
public sealed record Look(string Name, int Width, int Height, ColorScheme Scheme)
{
    public static readonly Look Light = new("light", 1360, 900, ColorScheme.Light);
    public static readonly Look Dark = new("dark", 1360, 900, ColorScheme.Dark);
    public static readonly Look Phone = new("phone", 390, 844, ColorScheme.Light);

    public static IEnumerable<Look> All => [Light, Dark, Phone];

    public BrowserNewContextOptions ToOptions() => new()
    {
        ColorScheme = Scheme,
        Locale = "en-GB",
        TimezoneId = "Europe/Berlin",
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
    };
}
