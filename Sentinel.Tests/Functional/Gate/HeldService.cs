using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A downstream that says yes when it is told to, so that no test has to be quicker than it.</summary>
public sealed class HeldService : IAsyncDisposable
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;

    private HeldService(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <param name="contentType">What it says that its answer is; null for nothing.</param>
    public static async Task<HeldService> StartAsync(string? contentType = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var service = new HeldService(builder.Build());
        service._app.Run(context =>
        {
            context.Response.ContentType = contentType;
            return service._told.Task.WaitAsync(context.RequestAborted);
        });
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>Answers whoever waits, and whoever comes from now on, with 200.</summary>
    public void Answer() => _told.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Answer();
        await _app.DisposeAsync();
    }
}
