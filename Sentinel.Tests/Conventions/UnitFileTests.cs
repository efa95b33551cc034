using System.Text.RegularExpressions;

namespace Sentinel.Tests.Conventions;

public sealed partial class UnitFileTests
{
    [Theory]
    [InlineData("sentinel-proxy@.service", "/opt/sentinel/proxy/Sentinel.Proxy")]
    [InlineData("sentinel-admin-api.service", "/opt/sentinel/admin-api/Sentinel.AdminApi")]
    [InlineData("sentinel-admin-ui.service", "/opt/sentinel/admin-ui/Sentinel.AdminUi")]
    public void Unit_starts_the_bundled_program_and_gives_it_time_to_drain(string unit, string program)
    {
        var lines = Tree.Lines($"deploy/systemd/{unit}");

        Assert.Contains($"ExecStart={program}", lines);
        Assert.All(
            ["TimeoutStopSec=350", "NoNewPrivileges=yes", "DynamicUser=yes", "ProtectSystem=strict"],
            line => Assert.Contains(line, lines));
    }

    [Fact]
    public void Template_of_nginx_is_given_every_value_but_the_secret() => Assert.Equal(
        Variable().Matches(Tree.Read("nginx/sentinel.conf.template")).Select(match => match.Groups[1].Value)
            .Distinct().Except(["SENTINEL_PROXY_SECRET"]).Order(),
        Tree.Lines("deploy/systemd/sentinel.env").Where(line => line.Contains('=')).Select(line => line.Split('=')[0])
            .Order());

    [GeneratedRegex(@"\$\{(SENTINEL_[A-Z_]+)\}")]
    private static partial Regex Variable();
}
