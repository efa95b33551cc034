namespace Sentinel.Tests.Conventions;

/// <summary>Which package feed serves is nobody's business outside <c>feed/</c>.</summary>
public sealed class FeedTests
{
    private static IEnumerable<string> Projects =>
        Tree.Files("*.csproj").Where(path => !path.StartsWith("feed/", StringComparison.Ordinal));

    [Fact]
    public void No_project_file_has_a_condition() =>
        Assert.DoesNotContain(Projects, path => Tree.Read(path).Contains("Condition=", StringComparison.Ordinal));

    [Fact]
    public void No_project_file_names_a_version() =>
        Assert.DoesNotContain(Projects, path => Tree.Read(path).Contains(" Version=", StringComparison.Ordinal));

    [Fact]
    public void The_solution_names_every_project_but_none_of_the_feed()
    {
        var solution = Tree.Read("Sentinel.sln").Replace('\\', '/');

        Assert.DoesNotContain("feed/", solution, StringComparison.Ordinal);
        Assert.All(Projects, path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void No_source_outside_the_feed_asks_which_feed_it_is() =>
        Assert.DoesNotContain(
            Tree.Files("*.cs").Where(path => !path.StartsWith("feed/", StringComparison.Ordinal)),
            path => Tree.Lines(path).Any(line => line.StartsWith("#if", StringComparison.Ordinal)));
}
