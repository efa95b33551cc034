using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Kubernetes;

/// <summary>
/// The environment of one resource, told apart into what a ConfigMap and what a Secret carries, and what stands for
/// each in <c>values.yaml</c>.
/// </summary>
internal sealed class PodValues(IResource resource, string dashboard, Publication publication)
{
    private readonly string _section = resource.Name.Replace('-', '_');

    public Dictionary<string, string> Parameters { get; } = [];

    public Dictionary<string, string> Config { get; } = [];

    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>Environment variable → what the template says, for the ConfigMap and for the Secret.</summary>
    public Dictionary<string, string> ConfigData { get; } = [];

    public Dictionary<string, string> SecretData { get; } = [];

    public string Image
    {
        get
        {
            if (resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault() is { } image)
            {
                return image.Reference;
            }

            Parameters[$"{_section}_image"] = $"{resource.Name}:latest";
            return Expression("parameters", $"{_section}_image");
        }
    }

    public async Task ReadAsync()
    {
        var said = await Callbacks.EnvironmentAsync(resource, publication.Execution, publication.CancellationToken);
        foreach (var name in said.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
        {
            if (name != "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY")
            {
                said.Remove(name);
            }
        }

        Publication.SendTelemetry(resource, $"http://{dashboard}-service:18889", said);
        foreach (var (name, value) in said)
        {
            Add(name, Text(value));
        }
    }

    private void Add(string name, string text)
    {
        var key = name.Replace('-', '_');
        if (text.Contains(".Values.secrets.", StringComparison.Ordinal))
        {
            SecretData[name] = text;
            Secrets.TryAdd(IsOneExpression(text) ? Key(text) : key, string.Empty);
            return;
        }

        if (text.Contains("{{", StringComparison.Ordinal))
        {
            ConfigData[name] = text;
            Config.TryAdd(IsOneExpression(text) ? Key(text) : key, string.Empty);
            return;
        }

        ConfigData[name] = Expression("config", key);
        Config[key] = text;
    }

    private string Text(object value) => value switch
    {
        ParameterResource parameter => Expression(
            parameter.Secret ? "secrets" : "config", parameter.Name.Replace('-', '_')),
        IResourceWithConnectionString connection => Text(connection.ConnectionStringExpression),
        EndpointReference endpoint => $"{endpoint.Scheme}://{HostAndPort(endpoint)}",
        EndpointReferenceExpression { Property: EndpointProperty.Host } part => Host(part.Endpoint),
        EndpointReferenceExpression { Property: EndpointProperty.HostAndPort } part => HostAndPort(part.Endpoint),
        EndpointReferenceExpression part => Port(part.Endpoint),
        ReferenceExpression expression => string.Format(
            null, expression.Format, [.. expression.ValueProviders.Select(Text)]),
        _ => value.ToString() ?? string.Empty,
    };

    private string Expression(string kind, string key) => $"{{{{ .Values.{kind}.{_section}.{key} }}}}";

    private static bool IsOneExpression(string text) =>
        text.StartsWith("{{", StringComparison.Ordinal)
        && text.IndexOf("}}", StringComparison.Ordinal) == text.Length - 2;

    private static string Key(string expression) => expression.Split('.')[^1].TrimEnd('}', ' ');

    private static string HostAndPort(EndpointReference endpoint) => $"{Host(endpoint)}:{Port(endpoint)}";

    private static string Host(EndpointReference endpoint) => $"{endpoint.Resource.Name}-service";

    private static string Port(EndpointReference endpoint) =>
        Publication.TargetPort(endpoint.Resource, endpoint.EndpointAnnotation);
}
