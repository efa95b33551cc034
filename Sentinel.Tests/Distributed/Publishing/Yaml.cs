using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Sentinel.Tests.Distributed.Publishing;

/// <summary>YAML as plain dictionaries, lists and strings, with anchors and merge keys resolved.</summary>
internal static class Yaml
{
    public static Dictionary<object, object?> Read(string path) => Documents(File.ReadAllText(path)).Single();

    public static IEnumerable<Dictionary<object, object?>> Documents(string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        var deserializer = new DeserializerBuilder().Build();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            yield return deserializer.Deserialize<Dictionary<object, object?>>(parser);
        }
    }

    /// <summary>What stands at a path of keys; null if it is not there. A number is a place in a list.</summary>
    public static object? At(object? node, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(node, (at, key) => at switch
        {
            Dictionary<object, object?> map => map.GetValueOrDefault(key),
            List<object?> list => int.TryParse(key, out var place) ? list.ElementAtOrDefault(place) : null,
            _ => null,
        });

    public static string Text(object? node, string path) => At(node, path) as string ?? "";

    public static Dictionary<object, object?> Map(object? node, string path) =>
        At(node, path) as Dictionary<object, object?> ?? [];

    public static List<object?> Items(object? node, string path) => At(node, path) as List<object?> ?? [];

    public static string[] Names(object? node, string path) =>
        [.. Map(node, path).Keys.Cast<string>().Order(StringComparer.Ordinal)];
}
