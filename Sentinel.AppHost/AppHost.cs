using Sentinel.AppHost;

if (Usage.IsAskedFor(args))
{
    Usage.Print();
    return;
}

PlainProblems.AreSentences();
var builder = DistributedApplication.CreateBuilder(args);
builder.AddDotEnv();            // settings of .env beside the solution, below the environment
builder.AddStateFolder();       // data, secrets, logs and status of this stack: .sentinel/
builder.AddPublishing();        // or the stack as files: for Docker Compose, for Kubernetes

var doors = builder.AddDoors();     // the ports that people know
var stores = builder.AddStores();   // PostgreSQL and Redis: given, as containers or as processes
var downstream = builder.AddDownstream();   // what Sentinel protects: an example unless DOWNSTREAM_URL names it

for (var replica = 1; replica <= doors.Replicas; replica++)
{
    builder.AddProject<Projects.Sentinel_Proxy>(replica == 1 ? "proxy" : $"proxy-{replica}", launchProfileName: null)
        .WithHttpEndpoint(replica == 1 ? doors.Proxy : null, doors.Inside, name: "http", isProxied: false)
        .WithHttpHealthCheck("/health")
        .WithSettings()
        .WithRoutes()
        .WithH2cPort(replica)
        .WithStores(stores)
        .WithDownstream(downstream)
        .WithStateFolder()
        .WithHmacSecret()
        .WithEnvironment("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}

var adminApi = builder.AddProject<Projects.Sentinel_AdminApi>("admin-api", launchProfileName: null)
    .WithHttpEndpoint(doors.AdminApi, doors.Inside, name: "http", isProxied: false)
    .WithHttpHealthCheck("/health")
    .WithSettings()
    .WithRoutes()
    .WithStores(stores)
    .WithHmacSecret()
    .WithEnvironment("ADMIN_PASSWORD", builder.AddSecret("admin-password", "ADMIN_PASSWORD"))
    .WithTokenKeys();
adminApi.WithEnvironment("Sentinel__Hosts__Internal", adminApi.GetHost()); // the console calls it by this name

builder.AddProject<Projects.Sentinel_AdminUi>("admin-ui", launchProfileName: null)
    .WithHttpEndpoint(doors.AdminUi, doors.Inside, name: "http", isProxied: false)
    .WithHttpHealthCheck("/health")
    .WithSettings()
    .WithEnvironment("ADMIN_API_URL", adminApi.GetEndpoint("http"))
    .WithTraces(doors)
    .WaitFor(adminApi);

builder.Build().Run();
builder.AddOwnFiles();          // what Aspire does not write: nginx, hardening, probes of the chart's surroundings
