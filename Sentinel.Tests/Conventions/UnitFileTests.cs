namespace Sentinel.Tests.Conventions;

public sealed class UnitFileTests
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
}
