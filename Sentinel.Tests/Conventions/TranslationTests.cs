using System.Text.Json;
using System.Text.RegularExpressions;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;

namespace Sentinel.Tests.Conventions;

public sealed partial class TranslationTests
{
    private static readonly Dictionary<string, string> _chinese =
        JsonSerializer.Deserialize<Dictionary<string, string>>(Tree.Read("Sentinel.AdminUi/Appearance/zh-CN.json"))!;

    [Fact]
    public void Every_text_of_the_console_is_there_in_Chinese()
    {
        var texts = Tree.Files("*.razor").Concat(Tree.Files("*.cs"))
            .Where(path => path.StartsWith("Sentinel.AdminUi/", StringComparison.Ordinal))
            .SelectMany(path => Text().Matches(Joined(Tree.Read(path))))
            .SelectMany(match => Literal().Matches(match.Value))
            .Select(match => Regex.Unescape(match.Groups[1].Value));

        Assert.Empty(texts.Distinct().Except(_chinese.Keys));
    }

    [Fact]
    public void Every_state_and_every_reason_is_there_in_Chinese()
    {
        var states = Enum.GetNames<BindingState>().Select(name => name.ToLowerInvariant());
        var reasons = typeof(DenyReason).GetFields().Select(field => field.GetValue(null)).OfType<DenyReason>();

        Assert.Empty(states.Concat(reasons.Select(reason => reason.Message)).Except(_chinese.Keys));
    }

    [Fact]
    public void Every_refusal_of_the_admin_api_is_there_in_Chinese()
    {
        var sentences = Tree.Files("*.cs")
            .Where(path => path.StartsWith("Sentinel.AdminApi/", StringComparison.Ordinal))
            .SelectMany(path => Refusal().Matches(Joined(Tree.Read(path))))
            .SelectMany(match => Sentence().Matches(match.Value))
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.NotEmpty(sentences);
        Assert.Empty(sentences.Distinct().Except(_chinese.Keys));
    }

    [Fact]
    public void Every_verdict_on_a_caller_is_there_in_Chinese()
    {
        ChainHeader[] named = [new("X-Real-IP", "203.0.113.7")];
        var reasons = Enum.GetValues<CallerFinding>().SelectMany(finding => new CallerChain[]
        {
            new("10.0.0.1", named, finding, null), new("203.0.113.9", named, finding, null),
            new("203.0.113.9", [], finding, null),
        });

        Assert.Empty(reasons.Select(CallerAdvice.Reason).Except(_chinese.Keys));
    }

    [Fact]
    public void Places_in_a_text_are_the_same_in_Chinese() =>
        Assert.DoesNotContain(_chinese, pair => !Places(pair.Key).SetEquals(Places(pair.Value)));

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    // A long literal is written as several that are added.
    private static string Joined(string source) => Addition().Replace(source, "");

    // What stands before the first comma: behind it are the values.
    [GeneratedRegex("""\b(?:T|words|_words)\[(?:"(?:[^"\\]|\\.)*"|[^\]",])*""")]
    private static partial Regex Text();

    [GeneratedRegex(""" "((?:[^"\\]|\\.)*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?:Check|Problem|Conflict)\([^;]*?;")]
    private static partial Regex Refusal();

    // An interpolated one has its places in Chinese by the numbers in it.
    [GeneratedRegex("(?<!\\$)\"([A-Z][^\"{]*\\.)\"")]
    private static partial Regex Sentence();

    [GeneratedRegex("\"\\s*\\+ \"")]
    private static partial Regex Addition();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
