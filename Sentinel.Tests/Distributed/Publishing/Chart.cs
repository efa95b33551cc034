using System.Text.RegularExpressions;

namespace Sentinel.Tests.Distributed.Publishing;

/// <summary>
/// The objects of a chart with its own values, as Helm would render them: the chart needs no more than values and one
/// kind of condition.
/// </summary>
internal sealed partial class Chart(string folder)
{
    public Dictionary<object, object?> Values { get; } = Yaml.Read(Path.Combine(folder, "values.yaml"));

    public Dictionary<object, object?> Head { get; } = Yaml.Read(Path.Combine(folder, "Chart.yaml"));

    public IReadOnlyList<Dictionary<object, object?>> Objects => [.. Published.Files(Path.Combine(folder, "templates"))
        .SelectMany(file => Yaml.Documents(Render(file.Text)))];

    public IEnumerable<Dictionary<object, object?>> OfKind(string kind) =>
        Objects.Where(item => Yaml.Text(item, "kind") == kind);

    public Dictionary<object, object?> Named(string name) =>
        Assert.Single(Objects, item => Yaml.Text(item, "metadata/name") == name
            && Yaml.Text(item, "kind") != "NetworkPolicy");

    private string Render(string template)
    {
        var controls = Control().Matches(template).Select(match => match.Groups[1].Value == "end").ToList();
        Assert.Equal(controls.Count(isEnd => isEnd), controls.Count(isEnd => !isEnd));
        var rendered = Expression().Replace(Control().Replace(template, ""), Value);
        return rendered.Contains("{{", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The chart uses more than values and one condition: {rendered}")
            : rendered;
    }

    private string Value(Match match)
    {
        var path = match.Groups[1].Value;
        return path switch
        {
            "Chart.Name" => Yaml.Text(Head, "name"),
            "Release.Name" => "release",
            _ when path.StartsWith("Values.", StringComparison.Ordinal) =>
                Yaml.At(Values, path["Values.".Length..].Replace('.', '/')) as string
                    ?? throw new InvalidOperationException($"values.yaml has no {path}."),
            _ => throw new InvalidOperationException($"The chart uses {match.Value}."),
        };
    }

    [GeneratedRegex(@"^\{\{-? (if \.[\w.]+|end) \}\}\n", RegexOptions.Multiline)]
    private static partial Regex Control();

    [GeneratedRegex(@"\{\{-? \.([\w.]+) -?\}\}")]
    private static partial Regex Expression();
}
