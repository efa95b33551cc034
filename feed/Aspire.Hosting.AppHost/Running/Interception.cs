using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>
/// How a test gets between an AppHost's <c>Main</c> and the application that it builds: whatever <c>Main</c> creates
/// within the flow in which <see cref="Current"/> is set reports here.
/// </summary>
internal sealed class Interception(
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> constructing,
    Action<IDistributedApplicationBuilder> building,
    Action<DistributedApplication> built)
{
    private static readonly AsyncLocal<Interception?> CurrentFlow = new();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Interception? Current
    {
        get => CurrentFlow.Value;
        set => CurrentFlow.Value = value;
    }

    public Task Disposed => _disposed.Task;

    public void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
        constructing(options, settings);

    public void Building(IDistributedApplicationBuilder builder) => building(builder);

    public void Built(DistributedApplication application) => built(application);

    public void SetDisposed() => _disposed.TrySetResult();
}

internal static class AssemblyFacts
{
    /// <summary>What feed/AppHost.targets wrote into the AppHost's assembly.</summary>
    public static string? Of(Assembly? assembly, string key) => assembly?
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(fact => string.Equals(fact.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
