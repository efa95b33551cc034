using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.ApplicationModel;

public class BeforeResourceStartedEvent : IDistributedApplicationResourceEvent
{
    public BeforeResourceStartedEvent(IResource resource, IServiceProvider services)
    {
        Resource = resource;
        Services = services;
    }

    public IResource Resource { get; }

    public IServiceProvider Services { get; }
}
