using System.Reflection;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// An AppHost's <c>Main</c> on a thread of its own, which halts at <c>Build()</c> until the test goes on.
/// </summary>
internal sealed class EntryPointRun
{
    private const TaskCreationOptions Apart = TaskCreationOptions.RunContinuationsAsynchronously;

    private readonly TaskCompletionSource<IDistributedApplicationBuilder> _builder = new(Apart);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(Apart);
    private readonly TaskCompletionSource _goOn = new(Apart);

    public EntryPointRun(
        Assembly assembly,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        var main = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly} has no entry point.");
        var thread = new Thread(() =>
        {
            Interception.Current = new Interception(configure, Halt, _application.SetResult);
            try
            {
                main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args]);
                Fail(new InvalidOperationException("The entry point ended without building an application."));
            }
            catch (TargetInvocationException exception)
            {
                Fail(exception.InnerException ?? exception);
            }
        })
        { IsBackground = true, Name = "AppHost" };
        thread.Start();
    }

    public Task<IDistributedApplicationBuilder> BuilderAsync(CancellationToken cancellationToken) =>
        _builder.Task.WaitAsync(cancellationToken);

    public Task<DistributedApplication> ApplicationAsync(CancellationToken cancellationToken)
    {
        _goOn.TrySetResult();
        return _application.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets a <c>Main</c> that still waits at <c>Build()</c> end with an exception.</summary>
    public void Abandon() => _goOn.TrySetCanceled();

    private void Halt(IDistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _goOn.Task.GetAwaiter().GetResult();
    }

    private void Fail(Exception exception)
    {
        _builder.TrySetException(exception);
        _application.TrySetException(exception);
    }
}
