using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker;

public class DockerComposeAspireDashboardResource : ContainerResource
{
    public DockerComposeAspireDashboardResource(string name)
        : base(name)
    {
    }
}

public class DockerComposeEnvironmentResource : Resource, IPublishingEnvironment
{
    public DockerComposeEnvironmentResource(string name)
        : base(name) => Dashboard = new DockerComposeAspireDashboardResource($"{name}-dashboard");

    internal DockerComposeAspireDashboardResource Dashboard { get; }

    internal IResourceBuilder<DockerComposeAspireDashboardResource> DashboardBuilder { get; set; } = null!;

    Task IPublishingEnvironment.PublishAsync(Publication publication) =>
        new ComposeWriter(this, publication).WriteAsync();
}
