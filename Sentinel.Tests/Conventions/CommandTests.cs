using System.Text.RegularExpressions;

namespace Sentinel.Tests.Conventions;

/// <summary>What the documentation and the workflows tell somebody to run or to set is there.</summary>
public sealed partial class CommandTests
{
    private static readonly string _script = Tree.Read("sentinel");

    private static readonly string _verbs = string.Concat(Sources("Sentinel.Cli/"));

    private static readonly string _code = string.Concat(Sources("Sentinel."));

    private static IEnumerable<string> Texts => Tree.Files("*.md")
        .Where(path => path.StartsWith("docs/", StringComparison.Ordinal) || path is "README.md" or "CONTRIBUTING.md")
        .Concat(Directory.EnumerateFiles(Path.Combine(Tree.Root, ".github", "workflows")))
        .Select(Tree.Read);

    [Fact]
    public void Every_verb_is_known()
    {
        var known = Verbs().Matches(_script)
            .SelectMany(match => match.Groups[1].Value.Split('|', StringSplitOptions.TrimEntries));
        var verbs = Texts.SelectMany(text => Command().Matches(text)).Select(match => match.Groups[1].Value)
            .Distinct().ToList();

        Assert.True(verbs.Count >= 12, string.Join(' ', verbs));
        Assert.Empty(verbs.Except(known));
    }

    [Fact]
    public void Every_option_is_known()
    {
        var options = Texts.SelectMany(text => Command().Matches(text))
            .SelectMany(match => Option().Matches(match.Groups[2].Value)).Select(match => match.Value)
            .Distinct().ToList();

        Assert.True(options.Count >= 8, string.Join(' ', options));
        Assert.DoesNotContain(options, option =>
            !_verbs.Contains($"\"{option}\"", StringComparison.Ordinal)
            && !_script.Contains(option, StringComparison.Ordinal)
            && option is not "--build-arg"); // goes on to Docker
    }

    [Fact]
    public void Every_setting_is_known()
    {
        var settings = Texts.SelectMany(text => Setting().Matches(text)).Select(match => match.Value)
            .Distinct().ToList();

        Assert.True(settings.Count >= 20, string.Join(' ', settings));
        Assert.DoesNotContain(settings, setting => !IsKnown(setting));
    }

    private static bool IsKnown(string setting)
    {
        var cut = setting.LastIndexOf(':');
        return _code.Contains($"\"{setting}\"", StringComparison.Ordinal)
            || (_code.Contains($"\"{setting[..cut]}\"", StringComparison.Ordinal)
                && Regex.IsMatch(_code, $@"\b{setting[(cut + 1)..]} \{{ get; ((set|init); )?\}}"));
    }

    private static IEnumerable<string> Sources(string folder) => Tree.Files("*.cs")
        .Where(path => path.StartsWith(folder, StringComparison.Ordinal)
            && !path.StartsWith("Sentinel.Tests/", StringComparison.Ordinal))
        .Select(Tree.Read);

    [GeneratedRegex(@"^  ([a-z -]+(?: \| [a-z -]+)+)\)", RegexOptions.Multiline)]
    private static partial Regex Verbs();

    [GeneratedRegex(@"\./sentinel ([a-z]+)([^`\n|#]*)")]
    private static partial Regex Command();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex("Sentinel(:[A-Z][A-Za-z0-9]+)+")]
    private static partial Regex Setting();
}
