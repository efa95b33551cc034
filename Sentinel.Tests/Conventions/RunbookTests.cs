using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Sentinel.Core.Decisions;
using Sentinel.ServiceDefaults.Guardrails;

namespace Sentinel.Tests.Conventions;

/// <summary>Whoever is woken at night by a name finds it in the runbook.</summary>
public sealed partial class RunbookTests
{
    private static readonly string _runbook = Tree.Read("docs/operations.md");

    private static IEnumerable<string> Metrics => Tree.Files("*.cs")
        .Where(path => path.StartsWith("Sentinel.", StringComparison.Ordinal)
            && !path.StartsWith("Sentinel.Tests/", StringComparison.Ordinal))
        .SelectMany(path => Instrument().Matches(Tree.Read(path)))
        .Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Reasons => typeof(DenyReason)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(reason => reason.GetValue(null)).OfType<DenyReason>().Select(reason => reason.Code);

    private static IEnumerable<string> Alerts =>
        Alert().Matches(Tree.Read("docs/alerts.yaml")).Select(match => match.Groups[1].Value);

    [Fact]
    public void Every_metric_says_what_it_means() => AssertNamed(Metrics, atLeast: 25);

    [Fact]
    public void Every_reason_says_what_to_do() => AssertNamed(Reasons, atLeast: 20);

    [Fact]
    public void Every_alert_says_what_to_do() => AssertNamed(Alerts, atLeast: 7);

    [Fact]
    public void What_the_runbook_explains_is_there()
    {
        Assert.Empty(Explained("Metrics").Except(Metrics));
        Assert.Empty(Explained("Alerts").Except(Alerts));
        Assert.Empty(Explained("Reasons").Except(Reasons));
    }

    [Fact]
    public void Every_guardrail_says_why() => AssertNamed(
        Checklist.CheckInstallation(new ConfigurationManager()).Select(guardrail => guardrail.Name), atLeast: 12);

    /// <summary>The names in the first column of a section's table.</summary>
    private static string[] Explained(string section)
    {
        var lines = _runbook.Split($"## {section}\n")[1].Split("\n## ")[0].Split('\n');
        string[] names =
            [.. lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .SelectMany(line => Name().Matches(line.Split('|')[1])).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(names);
        return names;
    }

    private static void AssertNamed(IEnumerable<string> names, int atLeast)
    {
        var distinct = names.Distinct().ToList();
        Assert.True(distinct.Count >= atLeast, $"Only these were found: {string.Join(' ', distinct)}");
        Assert.DoesNotContain(distinct, name => !_runbook.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\.Create(?:Observable|UpDown)*(?:Counter|Gauge|Histogram)(?:<\w+>)?\(\s*""(sentinel[\w.]+)""")]
    private static partial Regex Instrument();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex Alert();
}
