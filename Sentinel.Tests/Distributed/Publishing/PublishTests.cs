using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Sentinel.Tests.Distributed.Publishing;

/// <summary>What holds for both: every resource is there, and <c>deploy/</c> is what is published now.</summary>
public sealed class PublishTests(Published published) : IClassFixture<Published>
{
    [Theory]
    [InlineData("compose")]
    [InlineData("kubernetes")]
    public async Task Every_resource_of_the_AppHost_is_named(string target)
    {
        using var state = new StateFolder();
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Sentinel_AppHost>(
            [.. state.Settings, "--operation", "publish", $"--Sentinel:Publish={target}"],
            TestContext.Current.CancellationToken);
        var text = string.Concat(Published.Files(FolderOf(target)).Select(file => file.Text));

        var names = builder.Resources.Where(r => r is IResourceWithEnvironment or IResourceWithConnectionString)
            .Select(resource => resource.Name).ToList();

        Assert.True(names.Count >= 5);
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    /// <summary>Run <c>./sentinel publish compose</c> and <c>./sentinel publish kubernetes</c> if it fails.</summary>
    [Fact]
    public void Compose_files_in_deploy_are_up_to_date()
    {
        Assert.Equal(Model(new ComposeStack(published.Compose)), Model(new ComposeStack(Published.Kept("compose"))));
        Assert.Equal(OwnFiles(published.Compose), OwnFiles(Published.Kept("compose")));
    }

    [Fact]
    public void Chart_in_deploy_is_up_to_date() =>
        Assert.Equal(Model(new Chart(published.Chart)), Model(new Chart(Published.Kept("kubernetes"))));

    private string FolderOf(string target) => target == "compose" ? published.Compose : published.Chart;

    private static IEnumerable<(string, string)> OwnFiles(string folder) =>
        Published.Files(folder).Where(file => file.Name != "docker-compose.yaml");

    private static IEnumerable<string> Model(ComposeStack stack) => stack.Services.Select(service =>
        $"{service}: {stack.Text(service, "image")}; "
        + $"environment {string.Join(' ', stack.Environment(service).Select(pair => pair.Key))}; "
        + $"ports {string.Join(' ', stack.List(service, "ports").Concat(stack.List(service, "expose")))}; "
        + $"volumes {string.Join(' ', stack.Mounts(service).Select(m => m as string ?? Yaml.Text(m, "target")))}");

    private static IEnumerable<string> Model(Chart chart) => chart.Objects.Select(item =>
        $"{Yaml.Text(item, "kind")} {Yaml.Text(item, "metadata/name")}: "
        + $"{Yaml.Text(item, "spec/template/spec/containers/0/image")} {string.Join(' ', Yaml.Names(item, "data"))} "
        + $"{Yaml.Text(item, "spec/ports/0/port")}");
}
