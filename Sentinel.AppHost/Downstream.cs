namespace Sentinel.AppHost;

/// <summary>
/// What Sentinel protects: the service at an address, or the example that comes with it; published, whatever the
/// operator names.
/// </summary>
internal sealed record Downstream(string? Url, IResourceBuilder<ProjectResource>? Example);

internal static class DownstreamExtensions
{
    private const string Setting = "DOWNSTREAM_URL";

    public static Downstream AddDownstream(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return new Downstream(Url: null, Example: null);
        }

        if (builder.Configuration[Setting] is { Length: > 0 } url)
        {
            return new Downstream(url, Example: null);
        }

        return new Downstream(
            Url: null,
            builder.AddProject<Projects.Example_Downstream>("example-downstream", launchProfileName: null)
                .WithHttpEndpoint(name: "http", isProxied: false)
                .WithHttpHealthCheck("/health"));
    }

    public static IResourceBuilder<ProjectResource> WithDownstream(
        this IResourceBuilder<ProjectResource> proxy, Downstream downstream) =>
        downstream switch
        {
            { Example: { } example } => proxy.WithEnvironment(Setting, example.GetEndpoint("http")).WaitFor(example),
            { Url: { } url } => proxy.WithEnvironment(Setting, url),
            _ => proxy.WithEnvironment(Setting, proxy.ApplicationBuilder.AddSetting("downstream-url")),
        };
}
