using System.Globalization;
using System.Text.Json;

namespace Sentinel.AdminUi.Appearance;

/// <summary>
/// The console's texts in the viewer's language. English stands in the pages; a text that a translation lacks stays
/// English. (The globalization of .NET is invariant here, so its own resources know one culture only.)
/// </summary>
internal sealed class Words
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

    private static Dictionary<string, string> Load()
    {
        using var stream = typeof(Words).Assembly.GetManifestResourceStream("Sentinel.AdminUi.Appearance.zh-CN.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
