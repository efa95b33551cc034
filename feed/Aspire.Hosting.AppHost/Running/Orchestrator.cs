using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Starts every resource once those it waits for are healthy, and ends them in the opposite order.</summary>
internal sealed partial class Orchestrator(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService resourceLogs,
    ResourceHealth health,
    ResourceWaits waits,
    LaunchPlanner planner,
    ProcessRunner runner,
    Subscriptions subscriptions,
    IServiceProvider services,
    ILogger<Orchestrator> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(IResource Resource, Task Life)> _lives = [];
    private readonly Dictionary<IResource, ChildProcess> _processes = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Ports.Allocate(model.Resources);
        foreach (var resource in model.Resources)
        {
            await StateAsync(resource, KnownResourceStates.NotStarted);
        }

        _lives.AddRange(model.Resources.ToList().Select(resource => (resource, LiveAsync(resource))));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        // Apps first, so that none loses its store while it drains; the dashboard last, so that it hears the end.
        await StopAsync(resource => resource is ProjectResource);
        await StopAsync(resource => !Dashboard.Is(resource));
        await StopAsync(_ => true);
        await Task.WhenAll(_lives.Select(life => life.Life));
    }

    public void Dispose() => _stopping.Dispose();

    private async Task StopAsync(Func<IResource, bool> which)
    {
        List<ChildProcess> ending;
        lock (_processes)
        {
            ending = [.. _processes.Where(running => which(running.Key)).Select(running => running.Value)];
        }

        await Task.WhenAll(ending.Select(process => process.StopAsync()));
    }

    private async Task LiveAsync(IResource resource)
    {
        await Task.Yield();
        try
        {
            await waits.WaitAsync(resource, _stopping.Token);
            await subscriptions.PublishAsync(new BeforeResourceStartedEvent(resource, services), _stopping.Token);
            if (resource is ContainerResource)
            {
                throw new DistributedApplicationException(
                    "This package feed runs no containers: set Sentinel:Stores to native or give connection strings.");
            }

            if (resource is ExecutableResource or ProjectResource)
            {
                await RunAsync(resource);
                return;
            }

            await StateAsync(resource, KnownResourceStates.Running);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await StateAsync(resource, KnownResourceStates.Exited);
        }
        catch (Exception exception)
        {
            Log.FailedToStart(logger, resource.Name, exception.Message);
            resourceLogs.Write(resource.Name, exception.Message, isError: true);
            await StateAsync(resource, KnownResourceStates.FailedToStart);
        }
        finally
        {
            resourceLogs.Complete(resource);
        }
    }

    private async Task RunAsync(IResource resource)
    {
        await StateAsync(resource, KnownResourceStates.Starting);
        var start = await planner.PlanAsync(resource, _stopping.Token);
        using var process = runner.Start(resource, start);
        lock (_processes)
        {
            _processes[resource] = process;
        }

        using var exited = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = KnownResourceStates.Running,
            HealthReports = ResourceHealth.NotYetKnown(resource),
        });
        var watch = health.WatchAsync(resource, exited.Token);
        await process.WaitForExitAsync();
        await exited.CancelAsync();
        await watch.ContinueWith(_ => { }, TaskScheduler.Default);

        lock (_processes)
        {
            _processes.Remove(resource);
        }

        if (!_stopping.IsCancellationRequested)
        {
            Log.Exited(logger, resource.Name, process.ExitCode);
        }

        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = process.ExitCode == 0 ? KnownResourceStates.Finished : KnownResourceStates.Exited,
            ExitCode = process.ExitCode,
        });
    }

    private Task StateAsync(IResource resource, string state) =>
        notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = state });

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Resource {Resource} failed to start: {Problem}")]
        public static partial void FailedToStart(ILogger logger, string resource, string problem);

        [LoggerMessage(Level = LogLevel.Error, Message = "Resource {Resource} exited with code {ExitCode}.")]
        public static partial void Exited(ILogger logger, string resource, int exitCode);
    }
}
