namespace Sentinel.AppHost;

internal static class Servers
{
    /// <summary>Whether a resource starts with the stack and serves; Aspire adds helpers that do not.</summary>
    public static bool IsServer(this IResource resource) =>
        resource is IResourceWithEndpoints && !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    /// <summary>The name by which others of the stack reach a resource.</summary>
    public static ReferenceExpression GetHost(this IResourceBuilder<ProjectResource> resource) =>
        ReferenceExpression.Create($"{resource.GetEndpoint("http").Property(EndpointProperty.Host)}");
}
