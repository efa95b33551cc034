using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Yaml;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Aspire.Hosting.Kubernetes;

/// <summary>Turns the model into a Helm chart: <c>Chart.yaml</c>, <c>values.yaml</c> and the templates.</summary>
internal sealed class ChartWriter(KubernetesEnvironmentResource environment, Publication publication)
{
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> _values = new()
    {
        ["parameters"] = [],
        ["secrets"] = [],
        ["config"] = [],
    };

    private readonly ISerializer _serializer = new SerializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithTypeConverter(new Int32OrStringConverter())
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
        .WithEventEmitter(next => new QuotedStrings(next))
        .WithEmissionPhaseObjectGraphVisitor(args => new NoEmptyCollections(args.InnerVisitor))
        .WithNewLine("\n")
        .WithIndentedSequences()
        .Build();

    public async Task WriteAsync()
    {
        foreach (var resource in publication.Runnables.Prepend(environment.Dashboard))
        {
            await WriteResourceAsync(resource);
        }

        await WriteAsync("Chart.yaml", _serializer.Serialize(environment.Chart));
        await WriteAsync("values.yaml", new SerializerBuilder()
            .WithEventEmitter(next => new QuotedStrings(next))
            .WithNewLine("\n")
            .Build()
            .Serialize(_values));
    }

    private async Task WriteResourceAsync(IResource resource)
    {
        var values = new PodValues(resource, environment.Dashboard.Name, publication);
        await values.ReadAsync();
        var objects = PodObjects.Of(resource, values);
        foreach (var hook in resource.Annotations.OfType<KubernetesServiceCustomizationAnnotation>())
        {
            hook.Configure(objects);
        }

        foreach (var item in objects.Objects)
        {
            var file = item.Metadata.Name[(resource.Name.Length + 1)..];
            await WriteAsync($"templates/{resource.Name}/{file}.yaml", $"---\n{_serializer.Serialize(item)}");
        }

        AddValues("parameters", resource, values.Parameters);
        AddValues("config", resource, values.Config);
        AddValues("secrets", resource, values.Secrets);
    }

    private void AddValues(string section, IResource resource, Dictionary<string, string> values)
    {
        if (values.Count > 0)
        {
            _values[section][resource.Name.Replace('-', '_')] = values;
        }
    }

    private async Task WriteAsync(string name, string content)
    {
        var path = Path.Combine(publication.OutputPath, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content, publication.CancellationToken);
    }
}
