using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed;

/// <summary>
/// The whole product as its AppHost runs it: two replicas of the proxy, the admin API, the example, the stores and the
/// dashboard, on free ports and with a state folder that goes away with it.
/// </summary>
public sealed class Installation : IAsyncLifetime
{
    public const int Replicas = 2;

    /// <summary>A realm of a downstream that does not answer.</summary>
    public const string Realm = "tenant";

    private static readonly string[] _apps = ["proxy", "proxy-2", "admin-api", "aspire-dashboard"];

    // Starting takes seconds; what takes longer than this will not come.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    public StateFolder State { get; } = new();

    public DistributedApplication App { get; private set; } = null!;

    public NpgsqlDataSource Database { get; private set; } = null!;

    public string Redis { get; private set; } = "";

    public string DashboardApiKey { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Sentinel_AppHost>(
            [
                .. State.Settings, $"--Sentinel:Replicas={Replicas}",
                .. Patience.Great.Select(setting => $"--{setting.Name}={setting.Value}"),
                "--Sentinel:Downstreams:tenant:Addresses=http://127.0.0.1:9",
                "--Sentinel:Downstreams:tenant:Profile=new-api", $"--Sentinel:Downstreams:tenant:Realm={Realm}",
                "--Sentinel:Routes:tenant:Path=/tenant/{**rest}", "--Sentinel:Routes:tenant:Downstream=tenant",
            ],
            (options, _) => options.DisableDashboard = false,
            patience.Token);
        // What the resources say is in the state folder's logs; here it would drown the results of the tests.
        builder.Services.AddLogging(logging => logging.AddFilter("Sentinel.AppHost", LogLevel.Warning));
        DashboardApiKey = builder.Configuration["AppHost:DashboardApiKey"]!;
        App = await builder.BuildAsync(patience.Token);
        await App.StartAsync(patience.Token);
        foreach (var app in _apps)
        {
            _ = await App.ResourceNotifications.WaitForResourceHealthyAsync(app, patience.Token);
        }

        Database = NpgsqlDataSource.Create((await App.GetConnectionStringAsync("sentinel", patience.Token))!);
        Redis = (await App.GetConnectionStringAsync("redis", patience.Token))!;
    }

    /// <summary>
    /// A client whose requests come from the given address: it speaks as a trusted proxy on loopback.
    /// </summary>
    public HttpClient ClientFrom(string address, string replica = "proxy")
    {
        var client = App.CreateHttpClient(replica, "http");
        client.DefaultRequestHeaders.Add("X-Real-IP", address);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        // A start that failed left some of them unmade.
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        if (App is not null)
        {
            await App.DisposeAsync();
        }

        State.Dispose();
    }
}

/// <summary>All distributed tests share one stack.</summary>
[CollectionDefinition(nameof(Installation))]
public sealed class OnOneInstallation : ICollectionFixture<Installation>;
