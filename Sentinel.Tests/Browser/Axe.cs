using System.Text.Json;
using Sentinel.Tests.Conventions;

namespace Sentinel.Tests.Browser;

/// <summary>Looks for what shuts people out, by axe-core's rules for WCAG 2.2 AA.</summary>
public static class Axe
{
    private static readonly Lazy<string> _script = new(() =>
    {
        var path = Path.Combine(Tree.Root, "Sentinel.Tests", "Clients", "node_modules", "axe-core", "axe.min.js");
        Assert.True(File.Exists(path), "The scan needs axe-core: npm install --prefix Sentinel.Tests/Clients.");
        return File.ReadAllText(path);
    });

    private const string Scan = """
        async () => {
          const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
          const found = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
          return found.violations
            .filter(it => it.impact === "serious" || it.impact === "critical")
            .flatMap(it => it.nodes.map(node => `${it.id}: ${node.target} ${node.any[0]?.message ?? it.help}`));
        }
        """;

    /// <summary>What is serious or critical, one line each.</summary>
    public static async Task<string[]> ScanAsync(Viewer viewer)
    {
        await viewer.Page.EvaluateAsync<JsonElement?>(_script.Value);
        return await viewer.Page.EvaluateAsync<string[]>(Scan);
    }
}
