namespace Sentinel.Tests.Distributed.Publishing;

/// <summary>
/// What the Compose specification says of the parts that are used here:
/// https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json.
/// </summary>
public sealed class ComposeShapeTests(Published published) : IClassFixture<Published>
{
    private readonly ComposeStack _stack = new(published.Compose);

    [Fact]
    public void File_has_no_unknown_part() => Assert.All(
        _stack.TopKeys.Except(["name", "services", "networks", "volumes"]),
        key => Assert.StartsWith("x-", key, StringComparison.Ordinal));

    [Theory]
    [InlineData("", "cap_add cap_drop command depends_on deploy entrypoint env_file environment expose extra_hosts "
        + "healthcheck image networks ports read_only restart security_opt stop_grace_period tmpfs user volumes")]
    [InlineData("healthcheck", "disable interval retries start_interval start_period test timeout")]
    [InlineData("deploy", "mode replicas resources restart_policy update_config")]
    [InlineData("deploy/resources", "limits reservations")]
    [InlineData("deploy/resources/limits", "cpus memory pids")]
    public void Services_have_no_unknown_part(string path, string known) => Assert.All(
        _stack.Services, service => Assert.Empty(_stack.Keys(service, path).Except(known.Split(' '))));

    [Fact]
    public void Services_name_an_image_and_what_is_defined() => Assert.All(_stack.Services, service =>
    {
        Assert.NotEqual("", _stack.Text(service, "image"));
        Assert.Empty(_stack.List(service, "networks").Except(_stack.Networks));
        Assert.Empty(_stack.List(service, "depends_on").Except(_stack.Services));
    });

    [Theory]
    [InlineData("restart", "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$")]
    [InlineData("stop_grace_period", "^([0-9]+(ms|s|m|h))+$")]
    [InlineData("healthcheck/interval", "^([0-9]+(ms|s|m|h))+$")]
    [InlineData("healthcheck/timeout", "^([0-9]+(ms|s|m|h))+$")]
    [InlineData("healthcheck/start_period", "^([0-9]+(ms|s|m|h))+$")]
    [InlineData("healthcheck/retries", "^[0-9]+$")]
    [InlineData("deploy/resources/limits/cpus", "^[0-9]+([.][0-9]+)?$")]
    [InlineData("deploy/resources/limits/memory", "^[0-9]+[bkmg]b?$")]
    [InlineData("read_only", "^(true|false)$")]
    public void Values_have_their_form(string path, string form) => Assert.All(
        _stack.Services.Select(service => _stack.Text(service, path)).Where(text => text != ""),
        text => Assert.Matches(form, text));

    [Fact]
    public void Dependencies_say_what_they_wait_for() => Assert.All(_stack.Services, service => Assert.All(
        _stack.List(service, "depends_on"),
        other => Assert.Contains(
            _stack.Text(service, $"depends_on/{other}/condition"),
            (string[])["service_started", "service_healthy", "service_completed_successfully"])));

    [Fact]
    public void Mounts_have_a_kind_and_a_place() => Assert.All(_stack.Services.SelectMany(_stack.Mounts), mount =>
    {
        if (mount is string brief)
        {
            Assert.Matches("^[a-z0-9-]+:/[a-z/]+$", brief);
            Assert.Contains(brief.Split(':')[0], _stack.Volumes);
            return;
        }

        Assert.Contains(Yaml.Text(mount, "type"), (string[])["bind", "volume", "tmpfs"]);
        Assert.StartsWith("/", Yaml.Text(mount, "target"), StringComparison.Ordinal);
        Assert.Empty(Yaml.Names(mount, "").Except(["type", "source", "target", "read_only"]));
        if (Yaml.Text(mount, "type") == "volume")
        {
            Assert.Contains(Yaml.Text(mount, "source"), _stack.Volumes);
        }
    });
}
