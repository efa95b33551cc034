using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting;

public static class DistributedApplicationEventingExtensions
{
    public static IResourceBuilder<T> OnBeforeResourceStarted<T>(
        this IResourceBuilder<T> builder, Func<T, BeforeResourceStartedEvent, CancellationToken, Task> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var subscriptions = (Subscriptions)builder.ApplicationBuilder.Services
            .Last(service => service.ServiceType == typeof(Subscriptions)).ImplementationInstance!;
        subscriptions.Subscribe<BeforeResourceStartedEvent>(
            builder.Resource, (e, token) => callback(builder.Resource, e, token));
        return builder;
    }
}
