using Yarp.ReverseProxy.Configuration;

// YARP and nothing else: what Sentinel is measured against. DOWNSTREAM_URL says where everything goes.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning); // a line for each request would measure the console
builder.Services.AddReverseProxy().LoadFromMemory(
    [
        new RouteConfig
        {
            RouteId = "all",
            ClusterId = "downstream",
            Match = new RouteMatch { Path = "{**path}" },
        },
    ],
    [
        new ClusterConfig
        {
            ClusterId = "downstream",
            Destinations = new Dictionary<string, DestinationConfig>
            {
                ["only"] = new() { Address = builder.Configuration["DOWNSTREAM_URL"]! },
            },
        },
    ]);

var app = builder.Build();
app.MapReverseProxy();
app.Run();
