namespace Sentinel.Tests.Distributed.Publishing;

/// <summary>The services as Docker Compose sees them: the generated file with ours laid over it.</summary>
internal sealed class ComposeStack(string folder)
{
    private readonly Dictionary<object, object?>[] _files =
    [
        Yaml.Read(Path.Combine(folder, "docker-compose.yaml")),
        Yaml.Read(Path.Combine(folder, "docker-compose.override.yaml")),
    ];

    public IReadOnlyList<string> Services => [.. _files.SelectMany(file => Yaml.Names(file, "services")).Distinct()];

    public IReadOnlyList<string> Networks => [.. _files.SelectMany(file => Yaml.Names(file, "networks")).Distinct()];

    public IReadOnlyList<string> Volumes => [.. _files.SelectMany(file => Yaml.Names(file, "volumes")).Distinct()];

    /// <summary>A single value: the later file counts.</summary>
    public string Text(string service, string path) =>
        _files.Select(file => Yaml.Text(file, $"services/{service}/{path}")).LastOrDefault(text => text != "") ?? "";

    public IEnumerable<KeyValuePair<string, string>> Environment(string service) => _files
        .SelectMany(file => Yaml.Map(file, $"services/{service}/environment"))
        .Select(pair => KeyValuePair.Create((string)pair.Key, (string)pair.Value!));

    /// <summary>The elements of a list, or the keys of the map that stands for it.</summary>
    public IEnumerable<string> List(string service, string path) => _files.SelectMany(file =>
        Yaml.At(file, $"services/{service}/{path}") is Dictionary<object, object?> map
            ? map.Keys.Cast<string>()
            : Yaml.Items(file, $"services/{service}/{path}").Select(item => item as string ?? "").Where(s => s != ""));

    public IEnumerable<object?> Mounts(string service) =>
        _files.SelectMany(file => Yaml.Items(file, $"services/{service}/volumes"));

    public IEnumerable<string> Keys(string service, string path = "") => _files
        .SelectMany(file => Yaml.Names(file, $"services/{service}/{path}")).Distinct();

    public IEnumerable<string> TopKeys => _files.SelectMany(file => file.Keys.Cast<string>()).Distinct();

    public string NetworkText(string network, string path) =>
        _files.Select(file => Yaml.Text(file, $"networks/{network}/{path}")).LastOrDefault(text => text != "") ?? "";
}
