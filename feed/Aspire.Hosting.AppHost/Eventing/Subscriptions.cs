using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>Who wants to be called before which resource starts.</summary>
internal sealed class Subscriptions
{
    private readonly List<Subscription> _all = [];

    public void Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent =>
        _all.Add(new(resource, (e, token) => e is T mine ? callback(mine, token) : Task.CompletedTask));

    public async Task PublishAsync(IDistributedApplicationResourceEvent @event, CancellationToken cancellationToken)
    {
        foreach (var subscription in _all.Where(subscription => subscription.Resource == @event.Resource).ToList())
        {
            await subscription.Call(@event, cancellationToken);
        }
    }

    private sealed record Subscription(
        IResource Resource, Func<IDistributedApplicationEvent, CancellationToken, Task> Call);
}
