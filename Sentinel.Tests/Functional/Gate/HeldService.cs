using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A downstream that answers when it is told to, so that no test has to be quicker than it.</summary>
public sealed class HeldService : IAsyncDisposable
{
    /// <summary>Where it is asked by a proxy with its route.</summary>
    public const string Target = "/held/a";

    private readonly TaskCompletionSource<int> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;

    private HeldService(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Settings by which a proxy leads to it beside its own downstream, which takes the same keys.</summary>
    public (string Name, string Value)[] Route =>
    [
        ("Sentinel:Downstreams:held:Addresses", Address),
        ("Sentinel:Routes:held:Path", "/held/{**rest}"),
        ("Sentinel:Routes:held:Downstream", "held"),
    ];

    /// <param name="contentType">What it says that its answer is; null for nothing.</param>
    public static async Task<HeldService> StartAsync(string? contentType = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var service = new HeldService(builder.Build());
        service._app.Run(async context =>
        {
            context.Response.ContentType = contentType;
            context.Response.StatusCode = await service._told.Task.WaitAsync(context.RequestAborted);
        });
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>Answers whoever waits, and whoever comes from now on.</summary>
    public void Answer(HttpStatusCode status = HttpStatusCode.OK) => _told.TrySetResult((int)status);

    public async ValueTask DisposeAsync()
    {
        Answer();
        await _app.DisposeAsync();
    }
}
