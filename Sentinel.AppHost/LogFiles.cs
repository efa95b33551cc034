using Microsoft.Extensions.Hosting;

namespace Sentinel.AppHost;

/// <summary>Writes what each resource says into <c>logs/&lt;resource&gt;.log</c> of the state folder.</summary>
internal sealed class LogFiles(DistributedApplicationModel model, ResourceLoggerService logs, StateFolder state) :
    BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        model.Resources
            .Where(resource => resource.IsServer())
            .Select(resource => WriteAsync(resource, stoppingToken)));

    private async Task WriteAsync(IResource resource, CancellationToken stoppingToken)
    {
        await using var file = File.CreateText(state.File("logs", $"{resource.Name}.log"));
        await foreach (var lines in logs.WatchAsync(resource).WithCancellation(stoppingToken))
        {
            foreach (var line in lines)
            {
                await file.WriteLineAsync(line.Content);
            }

            await file.FlushAsync(stoppingToken);
        }
    }
}
