using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Where the build put each app; feed/AppHost.targets wrote it into the AppHost's assembly.</summary>
internal sealed class BuiltProjects(Assembly? appHost)
{
    public ProcessStartInfo Command(ProjectResource project)
    {
        var path = project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;
        var program = AssemblyFacts.Of(appHost, $"built:{path}")
            ?? throw new DistributedApplicationException($"The AppHost does not know where {path} was built.");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(path),
        };
        start.ArgumentList.Add(program);
        return start;
    }
}
