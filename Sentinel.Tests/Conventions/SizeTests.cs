using System.Text.RegularExpressions;

namespace Sentinel.Tests.Conventions;

/// <summary>What one can read in one go is read; the rest is only searched.</summary>
public sealed partial class SizeTests
{
    private const int LongestFile = 250;
    private const int LongestLine = 120;
    private const int LongestMethod = 70;
    private const int LongMethod = 35;
    private const double ShortMethods = 0.9;

    private static IEnumerable<string> Sources => Tree.Files("*.cs");

    [Fact]
    public void No_file_has_more_than_250_lines() =>
        Assert.DoesNotContain(Sources, path => Tree.Lines(path).Length > LongestFile);

    [Fact]
    public void No_line_has_more_than_120_characters() =>
        Assert.Empty(Sources.SelectMany(path => Tree.Lines(path)
            .Select((line, index) => (line.Length, Place: $"{path}:{index + 1}"))
            .Where(line => line.Length > LongestLine)
            .Select(line => line.Place)));

    [Fact]
    public void No_method_has_more_than_70_lines_and_nine_in_ten_at_most_35()
    {
        var methods = Sources.SelectMany(path => Bodies(path, Tree.Lines(path))).ToList();

        Assert.Empty(methods.Where(method => method.Lines > LongestMethod).Select(method => method.Place));
        Assert.InRange(methods.Count(method => method.Lines <= LongMethod) / (double)methods.Count, ShortMethods, 1);
    }

    [Fact]
    public void The_README_is_read_in_three_minutes() => Assert.InRange(Tree.Lines("README.md").Length, 1, 120);

    [Fact]
    public void A_record_of_a_decision_has_at_most_40_lines() =>
        Assert.DoesNotContain(
            Tree.Files("*.md").Where(path => path.StartsWith("docs/decisions/", StringComparison.Ordinal)),
            path => Tree.Lines(path).Length > 40);

    /// <summary>The blocks that the layout shows: a brace alone on its line, to the brace of the same depth.</summary>
    private static IEnumerable<(string Place, int Lines)> Bodies(string path, string[] lines)
    {
        for (var start = 1; start < lines.Length; start++)
        {
            if (lines[start].Trim() != "{" || Depth(lines[start]) is not (4 or 8) || IsTypeOrAccessors(lines, start))
            {
                continue;
            }

            var depth = Depth(lines[start]);
            var end = Array.FindIndex(lines, start, line => line.Trim().StartsWith('}') && Depth(line) == depth);
            if (end > start)
            {
                yield return ($"{path}:{start + 1}", end - start - 1);
                start = end;
            }
        }
    }

    private static bool IsTypeOrAccessors(string[] lines, int brace)
    {
        var first = brace - 1;
        while (first > 0 && Depth(lines[first]) > Depth(lines[brace]))
        {
            first--;
        }

        return TypeDeclaration().IsMatch(lines[first]);
    }

    private static int Depth(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"\b(class|struct|record|interface|enum|namespace)\b")]
    private static partial Regex TypeDeclaration();
}
