namespace Sentinel.AdminUi.Appearance;

/// <summary>How the viewer wants the console to look; kept in cookies that a script may write.</summary>
/// <param name="Theme"><c>auto</c> (as the system), <c>light</c> or <c>dark</c>.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>.</param>
internal sealed record Look(string Theme, string Language)
{
    public static Look Of(HttpRequest request)
    {
        var theme = request.Cookies["sentinel-theme"] is ("light" or "dark") and var chosen ? chosen : "auto";
        return new Look(theme, LanguageOf(request));
    }

    private static string LanguageOf(HttpRequest request)
    {
        if (request.Cookies["sentinel-language"] is { } chosen)
        {
            return chosen == Words.Chinese ? Words.Chinese : Words.English;
        }

        var preferred = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1);
        var first = preferred.Select(language => language.Value.Value).FirstOrDefault();
        return first?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Words.Chinese : Words.English;
    }
}
