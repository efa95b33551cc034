using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Cli;

/// <summary>The verbs that ask the admin API, where somebody else answers or the answer breaks off.</summary>
public sealed class StrangeServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Address_of_something_else_is_named()
    {
        await using var server = await StartAsync(context => context.Response.WriteAsync("<html>", Cancel));

        Assert.Equal(ExitCode.Failed, await RunAsync(server, "bindings", "list"));

        Assert.Contains("is no admin API", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_that_breaks_off_leaves_the_earlier_one()
    {
        var file = Path.Combine(_folder.FullName, "logs.csv");
        await File.WriteAllTextAsync(file, "the earlier one", Cancel);
        await using var server = await StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("time,reason\n", Cancel);
            await context.Response.Body.FlushAsync(Cancel);

            // The answer is being written down: an end before would look like no answer at all.
            await Eventually.Holds(() => _folder.EnumerateFiles().Count() == 2);
            context.Abort();
        });

        Assert.Equal(ExitCode.Failed, await RunAsync(server, "logs", "export", "--output", file));

        Assert.Equal("the earlier one", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal(file, Assert.Single(_folder.EnumerateFiles()).FullName);
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(answer);
        await server.StartAsync(Cancel);
        return server;
    }

    private Task<int> RunAsync(WebApplication server, params string[] arguments) => SentinelCommand.RunAsync(
        [.. arguments, "--admin-api", server.Urls.Single(), "--admin-token", "a token"], Terminal.To(_output), Cancel);
}
