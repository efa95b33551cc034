using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sentinel.Tests.Distributed;

[Collection(nameof(Installation))]
public sealed class SideBySideTests(Installation installation)
{
    [Fact]
    public async Task A_second_stack_runs_beside_the_first_on_ports_and_stores_of_its_own()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var state = new StateFolder();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Sentinel_AppHost>(
            state.Settings, cancellationToken);
        builder.Services.AddLogging(logging => logging.AddFilter("Sentinel.AppHost", LogLevel.Warning));
        await using var second = await builder.BuildAsync(cancellationToken);
        await second.StartAsync(cancellationToken);

        _ = await second.ResourceNotifications.WaitForResourceHealthyAsync("proxy", cancellationToken);

        Assert.NotEqual(installation.App.GetEndpoint("proxy", "http"), second.GetEndpoint("proxy", "http"));
        Assert.NotEqual(
            await installation.App.GetConnectionStringAsync("sentinel", cancellationToken),
            await second.GetConnectionStringAsync("sentinel", cancellationToken));
    }
}
