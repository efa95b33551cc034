using System.Text.Json;
using System.Text.RegularExpressions;
using Sentinel.Core.Decisions;
using Sentinel.Tests.Conventions;

namespace Sentinel.Tests.Unit.AdminUi;

public sealed partial class TranslationTests
{
    private static readonly Dictionary<string, string> _chinese =
        JsonSerializer.Deserialize<Dictionary<string, string>>(Tree.Read("Sentinel.AdminUi/Appearance/zh-CN.json"))!;

    [Fact]
    public void Every_text_of_the_console_is_translated() =>
        Assert.All(Sources().SelectMany(TextsOf).Distinct(), text => Assert.True(_chinese.ContainsKey(text), text));

    [Fact]
    public void Every_state_and_every_reason_is_translated()
    {
        var states = Enum.GetNames<BindingState>().Select(name => name.ToLowerInvariant());
        var reasons = typeof(DenyReason).GetFields().Select(field => field.GetValue(null)).OfType<DenyReason>();

        Assert.All(
            states.Concat(reasons.Select(reason => reason.Message)),
            text => Assert.True(_chinese.ContainsKey(text), text));
    }

    [Fact]
    public void Translation_has_the_same_places_for_values() => Assert.All(
        _chinese,
        text => Assert.Equal(PlacesOf(text.Key), PlacesOf(text.Value)));

    private static IEnumerable<string> Sources() => Tree.Files("*.razor").Concat(Tree.Files("*.cs"))
        .Where(path => path.StartsWith("Sentinel.AdminUi/", StringComparison.Ordinal))
        .Select(Tree.Read);

    private static IEnumerable<string> TextsOf(string source) => Text().Matches(source)
        .SelectMany(match => match.Groups.Values.Skip(1).Where(group => group.Success))
        .Select(group => group.Value);

    private static IEnumerable<string> PlacesOf(string text) =>
        Place().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex("""\b_?(?:T|words)\[(?:\w+ \? )?"([^"]*)"(?: : "([^"]*)")?""")]
    private static partial Regex Text();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
