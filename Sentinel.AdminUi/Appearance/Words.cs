using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sentinel.AdminUi.Appearance;

/// <summary>
/// The console's texts in the viewer's language. English stands in the pages; a text that a translation lacks stays
/// English. (The globalization of .NET is invariant here, so its own resources know one culture only.)
/// </summary>
internal sealed partial class Words
{
    public const string English = "en";
    public const string Chinese = "zh-CN";

    private static readonly Dictionary<string, string> _none = [];
    private static readonly Lazy<Dictionary<string, string>> _chinese = new(Load);

    private Dictionary<string, string> _texts = _none;

    public string Language
    {
        get;
        set
        {
            field = value;
            _texts = value == Chinese ? _chinese.Value : _none;
        }
    } = English;

    public string this[string text] => _texts.GetValueOrDefault(text, text);

    public string this[string format, params object?[] values] =>
        string.Format(CultureInfo.InvariantCulture, this[format], values);

    /// <summary>A sentence of the admin API. Where it says numbers, its translation has places for them.</summary>
    public string Heard(string sentence)
    {
        var numbers = new List<object>();
        var format = Number().Replace(sentence, match =>
        {
            numbers.Add(match.Value);
            return $"{{{numbers.Count - 1}}}";
        });
        return _texts.TryGetValue(sentence, out var whole)
            ? whole
            : _texts.TryGetValue(format, out var parts) ? this[parts, [.. numbers]] : sentence;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    private static Dictionary<string, string> Load()
    {
        using var stream = typeof(Words).Assembly.GetManifestResourceStream("Sentinel.AdminUi.Appearance.zh-CN.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
