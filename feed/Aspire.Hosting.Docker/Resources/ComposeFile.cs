using Aspire.Hosting.Yaml;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Aspire.Hosting.Docker.Resources;

/// <summary>The part of the Compose specification that the model can say, in the order of the original.</summary>
internal sealed class ComposeFile
{
    public Dictionary<string, Service> Services { get; } = [];

    public Dictionary<string, Network> Networks { get; } = [];

    public Dictionary<string, Volume> Volumes { get; } = [];

    public string ToYaml() => new SerializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(
            DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections)
        .WithEventEmitter(next => new QuotedStrings(next))
        .WithNewLine("\n")
        .WithIndentedSequences()
        .Build()
        .Serialize(this);
}

internal sealed class Service
{
    public string? Image { get; set; }

    public List<string> Command { get; } = [];

    public List<string> Entrypoint { get; } = [];

    public Dictionary<string, string> Environment { get; } = [];

    public List<string> Ports { get; } = [];

    public List<string> Expose { get; } = [];

    public List<Volume> Volumes { get; } = [];

    public SortedDictionary<string, ServiceDependency> DependsOn { get; } = new(StringComparer.Ordinal);

    public List<string> Networks { get; init; } = [];

    public string? Restart { get; set; }
}

internal sealed class ServiceDependency
{
    public string? Condition { get; set; }
}

internal sealed class Network
{
    public string? Driver { get; set; }
}

internal sealed class Volume
{
    public string? Type { get; set; }

    public string? Target { get; set; }

    public string? Source { get; set; }

    public bool? ReadOnly { get; set; }

    public string? Driver { get; set; }
}
