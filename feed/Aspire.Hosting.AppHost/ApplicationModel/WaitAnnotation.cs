namespace Aspire.Hosting.ApplicationModel;

public sealed class WaitAnnotation : IResourceAnnotation
{
    public WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0)
    {
        Resource = resource;
        WaitType = waitType;
        ExitCode = exitCode;
    }

    public IResource Resource { get; }

    public WaitType WaitType { get; }

    public int ExitCode { get; }
}

public enum WaitType
{
    WaitUntilHealthy = 0,
    WaitForCompletion = 1,
    WaitUntilStarted = 2,
}

public enum WaitBehavior
{
    WaitOnResourceUnavailable = 0,
    StopOnResourceUnavailable = 1,
}

/// <summary>Marks what starts only when someone asks; nothing here carries it, the original's helpers do.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

public class HealthCheckAnnotation : IResourceAnnotation
{
    public HealthCheckAnnotation(string key) => Key = key;

    public string Key { get; }
}
