using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing
{
    public interface IDistributedApplicationEvent;

    public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
    {
        IResource Resource { get; }
    }

    internal sealed class Subscriptions
    {
        private readonly List<(IResource Resource, Func<IDistributedApplicationEvent, CancellationToken, Task> Call)> _all = [];

        public void Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
            where T : IDistributedApplicationResourceEvent =>
            _all.Add((resource, (e, token) => e is T mine ? callback(mine, token) : Task.CompletedTask));

        public async Task PublishAsync(IDistributedApplicationResourceEvent @event, CancellationToken cancellationToken)
        {
            foreach (var (resource, call) in _all.Where(subscription => subscription.Resource == @event.Resource).ToList())
            {
                await call(@event, cancellationToken);
            }
        }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    using Aspire.Hosting.Eventing;

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
}
