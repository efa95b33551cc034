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

    [Fact]
    public void Every_metric_says_what_it_means() => AssertNamed(
        Tree.Files("*.cs")
            .Where(path => path.StartsWith("Sentinel.", StringComparison.Ordinal)
                && !path.StartsWith("Sentinel.Tests/", StringComparison.Ordinal))
            .SelectMany(path => Instrument().Matches(Tree.Read(path)))
            .Select(match => match.Groups[1].Value),
        atLeast: 25);

    [Fact]
    public void Every_reason_says_what_to_do() => AssertNamed(
        typeof(DenyReason).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<DenyReason>().Select(reason => reason.Code),
        atLeast: 20);

    [Fact]
    public void Every_alert_says_what_to_do() => AssertNamed(
        Alert().Matches(Tree.Read("docs/alerts.yaml")).Select(match => match.Groups[1].Value), atLeast: 7);

    [Fact]
    public void Every_guardrail_says_why() => AssertNamed(
        Checklist.CheckInstallation(new ConfigurationManager()).Select(guardrail => guardrail.Name), atLeast: 12);

    private static void AssertNamed(IEnumerable<string> names, int atLeast)
    {
        var distinct = names.Distinct().ToList();
        Assert.True(distinct.Count >= atLeast, $"Only these were found: {string.Join(' ', distinct)}");
        Assert.DoesNotContain(distinct, name => !_runbook.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\.Create(?:Observable|UpDown)*(?:Counter|Gauge|Histogram)(?:<\w+>)?\(\s*""(sentinel[\w.]+)""")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex Alert();
}
