using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

public static class DistributedApplicationTestingBuilder
{
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        CreateAsync<TEntryPoint>([], cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        CreateAsync<TEntryPoint>(args, (_, _) => { }, cancellationToken);

    /// <summary>
    /// Runs the AppHost's <c>Main</c> as far as its <c>Build()</c>; on free ports, without a dashboard.
    /// </summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        var entryPoint = typeof(TEntryPoint).Assembly;
        var run = new EntryPointRun(entryPoint, args, (options, settings) =>
        {
            options.Args = settings.Args = args;
            options.AssemblyName = settings.ApplicationName = entryPoint.GetName().Name;
            options.DisableDashboard = true;
            options.EnableResourceLogging = true;
            settings.Configuration!.AddInMemoryCollection(LaunchProfile.EnvironmentOf(entryPoint));
            settings.Configuration!.AddInMemoryCollection([new("DcpPublisher:RandomizePorts", "true")]);
            configureBuilder(options, settings);
        });
        return new TestingBuilder(await run.BuilderAsync(cancellationToken), run);
    }
}
