using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _inner;
    private readonly DistributedApplicationOptions _options;
    private readonly Interception? _interception = Interception.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new() };
        _interception?.Constructing(options, settings);

        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? AssemblyFacts.Of(AppHostAssembly, "apphostprojectpath")
            ?? Directory.GetCurrentDirectory();
        // What can run a container is asked by this name, also by an AppHost that would rather know beforehand.
        settings.Configuration!.AddInMemoryCollection([new("ASPIRE_CONTAINER_RUNTIME", "none")]);

        _inner = new HostApplicationBuilder(settings);
        ExecutionContext = new(Configuration["operation"] == "publish"
            ? DistributedApplicationOperation.Publish
            : DistributedApplicationOperation.Run);
        _inner.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _inner.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _inner.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        _inner.Services.AddHttpClient();
        _inner.Services.AddHealthChecks();
        _inner.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        AddRunning(options);
        if (!options.DisableDashboard && ExecutionContext.IsRunMode)
        {
            Dashboard.MakeKeys(Configuration);
        }
    }

    public ConfigurationManager Configuration => _inner.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _inner.Environment;

    public IServiceCollection Services => _inner.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.TryGetByName(resource.Name, out var other))
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because "
                + $"resource of type '{other.GetType()}' with that name already exists. "
                + "Resource names are case-insensitive.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _interception?.Building(this);
        if (!_options.DisableDashboard && ExecutionContext.IsRunMode)
        {
            Dashboard.AddTo(this);
        }

        var application = new DistributedApplication(_inner.Build(), _interception);
        _interception?.Built(application);
        return application;
    }

    private void AddRunning(DistributedApplicationOptions options)
    {
        Services.AddSingleton(options);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton(new Eventing.Subscriptions());
        Services.AddSingleton(services => new ResourceNotificationService(
            services.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>()));
        Services.Configure<ResourceNotificationServiceOptions>(notifications =>
            notifications.DefaultWaitBehavior = options.DisableDashboard
                ? WaitBehavior.StopOnResourceUnavailable
                : WaitBehavior.WaitOnResourceUnavailable);
        Services.AddSingleton<ResourceLoggerService>();
        Services.AddSingleton<ResourceHealth>();
        Services.AddSingleton<ResourceWaits>();
        Services.AddSingleton<ProcessRunner>();
        Services.AddSingleton(new BuiltProjects(AppHostAssembly));
        Services.AddSingleton<LaunchPlanner>();
        Services.AddHostedService<Orchestrator>();
    }
}
