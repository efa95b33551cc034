using System.ComponentModel;
using System.Diagnostics;

namespace Sentinel.AppHost;

internal static class ContainerRuntime
{
    /// <summary>
    /// Whether the stores run as containers: as <c>Sentinel:Stores</c> says (<c>container</c>, <c>native</c>), else if
    /// the runtime that Aspire would use answers. A published model always has containers.
    /// </summary>
    public static bool RunsContainers(this IDistributedApplicationBuilder builder)
    {
        var stores = builder.Configuration["Sentinel:Stores"] ?? "auto";
        return stores switch
        {
            _ when builder.ExecutionContext.IsPublishMode => true,
            "container" => true,
            "native" => false,
            "auto" => Candidates(builder.Configuration["ASPIRE_CONTAINER_RUNTIME"]).Any(Answers),
            "given" => throw new DistributedApplicationException(
                "Sentinel:Stores is 'given': set PG_DSN and REDIS_URL, or the connection strings sentinel and redis."),
            _ => throw new DistributedApplicationException(
                $"Sentinel:Stores is '{stores}'. Set it to auto, container, native or given."),
        };
    }

    private static string[] Candidates(string? configured) =>
        string.IsNullOrEmpty(configured) ? ["docker", "podman"] : [configured];

    private static bool Answers(string runtime)
    {
        try
        {
            using var asked = Process.Start(new ProcessStartInfo(runtime, ["info"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            asked.OutputDataReceived += (_, _) => { };
            asked.ErrorDataReceived += (_, _) => { };
            asked.BeginOutputReadLine();
            asked.BeginErrorReadLine();
            if (asked.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                return asked.ExitCode == 0;
            }

            asked.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
