using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Sentinel.Tests.Support;

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
        await using var builder = await ModelAsync(target, state);
        var text = string.Concat(Published.Files(FolderOf(target)).Select(file => file.Text));

        var names = builder.Resources.Where(r => r is IResourceWithEnvironment or IResourceWithConnectionString)
            .Select(resource => resource.Name).ToList();

        Assert.True(names.Count >= 5);
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    /// <summary>Aspire writes every value that a parameter has into a file of the user's home.</summary>
    [Theory]
    [InlineData("compose")]
    [InlineData("kubernetes")]
    public async Task No_parameter_has_a_value_of_this_machine(string target)
    {
        using var state = new StateFolder();
        await using var builder = await ModelAsync(
            target, state, "--SENTINEL_HMAC_SECRET=given", "--ADMIN_PASSWORD=given", "--ADMIN_JWT_SECRET=given");
        var parameters = builder.Resources.OfType<ParameterResource>().ToList();

        Assert.True(parameters.Count >= 5);
        foreach (var parameter in parameters)
        {
            Assert.Equal("", await parameter.GetValueAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Aspire would add user, password and address of a store one by one, each time with its secret.</summary>
    [Theory]
    [InlineData("compose")]
    [InlineData("kubernetes")]
    public async Task Apps_are_told_of_a_store_by_its_connection_string_alone(string target)
    {
        using var state = new StateFolder();
        await using var builder = await ModelAsync(target, state);

        Assert.All(["proxy", "admin-api"], app => Assert.Equal(
            ReferenceEnvironmentInjectionFlags.ConnectionString,
            Assert.Single(builder.Resources.Single(resource => resource.Name == app)
                .Annotations.OfType<ReferenceEnvironmentInjectionAnnotation>()).Flags));
    }

    /// <summary>An operator edits <c>.env</c>, and publishes the next release over it.</summary>
    [Fact]
    public async Task What_an_operator_wrote_into_env_is_still_there_when_published_again()
    {
        var folder = ServerProcess.NewFolder();
        var env = Path.Combine(folder.FullName, ".env");
        await File.WriteAllTextAsync(
            env, "# Ours\nOWN=1\nDOWNSTREAM_URL=http://app/?a=b\n", TestContext.Current.CancellationToken);

        await published.PublishAsync("compose", folder.FullName);

        var text = await File.ReadAllTextAsync(env, TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        Assert.All(
            ["# Ours\nOWN=1\n", "DOWNSTREAM_URL=http://app/?a=b\n", "# Parameter hmac-secret\nHMAC_SECRET=\n"],
            lines => Assert.Contains(lines, text, StringComparison.Ordinal));
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

    private static Task<IDistributedApplicationTestingBuilder> ModelAsync(
        string target, StateFolder state, params string[] settings) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Sentinel_AppHost>(
            [.. state.Settings, "--operation", "publish", $"--Sentinel:Publish={target}", .. settings],
            TestContext.Current.CancellationToken);

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
