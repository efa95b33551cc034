using System.Xml.Linq;

namespace Sentinel.Tests.Conventions;

/// <summary>References point one way: apps → storage → core.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("Sentinel.Core")]
    [InlineData("Sentinel.ServiceDefaults", "Sentinel.Core")]
    [InlineData("Sentinel.Storage", "Sentinel.Core")]
    [InlineData("Sentinel.Proxy", "Sentinel.Storage", "Sentinel.Core", "Sentinel.ServiceDefaults")]
    [InlineData("Sentinel.AdminApi", "Sentinel.Storage", "Sentinel.Core", "Sentinel.ServiceDefaults")]
    [InlineData("Sentinel.AdminUi", "Sentinel.Core", "Sentinel.ServiceDefaults")]
    [InlineData("Sentinel.Cli", "Sentinel.Storage", "Sentinel.Core", "Sentinel.ServiceDefaults")]
    [InlineData("examples/Example.Downstream")]
    public void A_project_references_only_what_is_below_it(string project, params string[] below)
    {
        var references = ItemsOf(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Empty(references.Except(below));
    }

    [Fact]
    public void The_core_has_no_package()
    {
        Assert.Empty(ItemsOf("Sentinel.Core", "PackageReference"));
        Assert.Empty(ItemsOf("Sentinel.Core", "FrameworkReference"));
    }

    [Theory]
    [InlineData("using Npgsql")]
    [InlineData("using StackExchange.Redis")]
    public void Only_the_storage_and_the_tests_speak_to_the_stores(string import)
    {
        var speakers = Tree.Files("*.cs")
            .Where(path => !IsBelow(path, "Sentinel.Storage", "Sentinel.Tests", "feed"))
            .Where(path => Tree.Lines(path).Any(line => line.StartsWith(import, StringComparison.Ordinal)));

        Assert.Empty(speakers);
    }

    private static bool IsBelow(string path, params string[] folders) =>
        folders.Any(folder => path.StartsWith($"{folder}/", StringComparison.Ordinal));

    private static IEnumerable<string> ItemsOf(string project, string item) =>
        XDocument.Parse(Tree.Read($"{project}/{Path.GetFileName(project)}.csproj"))
            .Descendants(item)
            .Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));
}
