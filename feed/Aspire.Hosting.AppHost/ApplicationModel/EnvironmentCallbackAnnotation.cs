using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback)
        : this(context =>
        {
            callback(context);
            return Task.CompletedTask;
        })
    {
    }

    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) => Callback = callback;

    public Func<EnvironmentCallbackContext, Task> Callback { get; }
}

public class EnvironmentCallbackContext
{
    private readonly IResource? _resource;

    public EnvironmentCallbackContext(
        DistributedApplicationExecutionContext executionContext,
        IResource resource,
        Dictionary<string, object>? environmentVariables = null,
        CancellationToken cancellationToken = default)
    {
        ExecutionContext = executionContext;
        _resource = resource;
        EnvironmentVariables = environmentVariables ?? [];
        CancellationToken = cancellationToken;
    }

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResource Resource => _resource ?? throw new InvalidOperationException("The context has no resource.");

    public Dictionary<string, object> EnvironmentVariables { get; }

    public CancellationToken CancellationToken { get; }

    public ILogger Logger { get; set; } = NullLogger.Instance;
}

public sealed class CommandLineArgsCallbackContext
{
    public CommandLineArgsCallbackContext(
        IList<object> args, IResource resource, CancellationToken cancellationToken = default)
    {
        Args = args;
        Resource = resource;
        CancellationToken = cancellationToken;
    }

    public IList<object> Args { get; }

    public IResource Resource { get; }

    public DistributedApplicationExecutionContext ExecutionContext { get; init; } =
        new(DistributedApplicationOperation.Run);

    public CancellationToken CancellationToken { get; }
}

public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) =>
        Callback = callback;

    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}
