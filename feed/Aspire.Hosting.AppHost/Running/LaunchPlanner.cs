using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Turns a resource into a command line: what to run, with which arguments and environment.</summary>
internal sealed class LaunchPlanner(DistributedApplicationExecutionContext execution, BuiltProjects projects)
{
    // The AppHost's own addresses and profile are none of its children's business.
    private static readonly string[] OwnEnvironment = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE"];

    public async Task<ProcessStartInfo> PlanAsync(IResource resource, CancellationToken cancellationToken)
    {
        var start = resource switch
        {
            ProjectResource project => projects.Command(project),
            ExecutableResource executable => new ProcessStartInfo(executable.Command)
            {
                WorkingDirectory = executable.WorkingDirectory,
            },
            _ => throw new DistributedApplicationException($"Resource '{resource.Name}' is no process."),
        };

        foreach (var name in OwnEnvironment)
        {
            start.Environment.Remove(name);
        }

        await AddEnvironmentAsync(resource, start, cancellationToken);
        await AddArgumentsAsync(resource, start, cancellationToken);
        return start;
    }

    private async Task AddEnvironmentAsync(
        IResource resource, ProcessStartInfo start, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in await Callbacks.EnvironmentAsync(resource, execution, cancellationToken))
        {
            start.Environment[name] = await TextAsync(value, cancellationToken);
        }
    }

    private async Task AddArgumentsAsync(
        IResource resource, ProcessStartInfo start, CancellationToken cancellationToken)
    {
        foreach (var argument in await Callbacks.ArgumentsAsync(resource, execution, cancellationToken))
        {
            start.ArgumentList.Add(await TextAsync(argument, cancellationToken));
        }
    }

    private static async ValueTask<string> TextAsync(object value, CancellationToken cancellationToken) =>
        value is IValueProvider provider
            ? await provider.GetValueAsync(cancellationToken) ?? string.Empty
            : value.ToString() ?? string.Empty;
}
