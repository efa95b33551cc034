namespace Sentinel.AppHost;

internal static class Servers
{
    /// <summary>Whether a resource starts with the stack and serves; Aspire adds helpers that do not.</summary>
    public static bool IsServer(this IResource resource) =>
        resource is IResourceWithEndpoints && !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();
}
