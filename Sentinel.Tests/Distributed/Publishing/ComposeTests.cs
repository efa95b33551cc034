using Sentinel.Core.Callers;
using Sentinel.Tests.Conventions;

namespace Sentinel.Tests.Distributed.Publishing;

public sealed class ComposeTests(Published published) : IClassFixture<Published>
{
    private static readonly string[] _apps = ["proxy", "proxy-2", "admin-api", "admin-ui"];

    private readonly ComposeStack _stack = new(published.Compose);

    [Fact]
    public void Only_nginx_can_be_reached_from_outside()
    {
        Assert.All(_stack.Services.Except(["nginx"]), service => Assert.Empty(_stack.List(service, "ports")));
        Assert.Equal(2, _stack.List("nginx", "ports").Count());
        Assert.Equal("true", _stack.NetworkText("aspire", "internal"));
        Assert.All(["postgres", "redis", "admin-ui"], service =>
            Assert.Equal(["aspire"], _stack.List(service, "networks").Distinct()));
    }

    [Fact]
    public void Every_service_is_restarted_limited_and_gains_no_privileges() => Assert.All(_stack.Services, service =>
    {
        Assert.NotEqual("", _stack.Text(service, "restart"));
        Assert.NotEqual("", _stack.Text(service, "deploy/resources/limits/memory"));
        Assert.Contains("ALL", _stack.List(service, "cap_drop"));
        Assert.Contains("no-new-privileges:true", _stack.List(service, "security_opt"));
    });

    [Fact]
    public void Apps_are_read_only_checked_and_given_time_to_drain() => Assert.All(_apps, app =>
    {
        Assert.Equal("true", _stack.Text(app, "read_only"));
        Assert.NotEmpty(_stack.List(app, "healthcheck/test"));
        Assert.Equal("350s", _stack.Text(app, "stop_grace_period"));
    });

    [Fact]
    public void State_of_a_replica_outlives_its_container_and_is_its_own()
    {
        var volumes = _apps.Take(2).Select(proxy =>
        {
            var folder = _stack.Environment(proxy).Single(pair => pair.Key == "SENTINEL_STATE_DIR").Value;
            return Assert.Single(
                _stack.Mounts(proxy).OfType<string>(), mount => mount.EndsWith($":{folder}", StringComparison.Ordinal));
        }).ToList();

        Assert.Distinct(volumes);
        Assert.All(volumes, volume => Assert.Contains(volume.Split(':')[0], _stack.Volumes));
        Assert.Contains(
            "--chown=1654:1654 /state /var/lib/sentinel", Tree.Read("images/Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_makes_fingerprints_has_the_secret() => Assert.All(
        _apps.Except(["admin-ui"]),
        app => Assert.Contains(_stack.Environment(app), pair => pair.Key == "SENTINEL_HMAC_SECRET"));

    /// <summary>The file is private to whoever ran setup, so the app gets a copy and is no root when it runs.</summary>
    [Fact]
    public void Admin_API_signs_by_the_key_that_setup_makes_unless_the_operator_takes_that_away()
    {
        var keys = Assert.Single(_stack.Mounts("admin-api"), mount => Yaml.Text(mount, "source") == "./jwt");
        var command = Assert.Single(_stack.List("admin-api", "command"));
        var environment = _stack.Environment("admin-api").Select(pair => $"{pair.Key}={pair.Value}").ToList();
        var user = Tree.Read("images/Dockerfile").Split("USER ")[1].Split(':')[0];

        Assert.Equal("bind true", $"{Yaml.Text(keys, "type")} {Yaml.Text(keys, "read_only")}");
        Assert.Equal(
            $"cp -r {Yaml.Text(keys, "target")} /run/jwt && chown -R {user}:{user} /run/jwt && "
            + $"exec setpriv --reuid={user} --regid={user} --clear-groups /app/run",
            command);
        Assert.Contains("ADMIN_JWT_PRIVATE_KEY_FILE=${ADMIN_JWT_PRIVATE_KEY_FILE-/run/jwt/admin.key}", environment);
        Assert.Contains("ADMIN_JWT_PREVIOUS_KEY_FILE=${ADMIN_JWT_PREVIOUS_KEY_FILE:-}", environment);
        Assert.Contains("ADMIN_JWT_SECRET=${ADMIN_JWT_SECRET}", environment);
    }

    [Fact]
    public void Whoever_reads_keys_knows_whose_they_are() => Assert.All(
        _apps.Except(["admin-ui"]),
        app => Assert.Equal(
            ("./routes.env", "false"), (_stack.Text(app, "env_file/0/path"), _stack.Text(app, "env_file/0/required"))));

    [Fact]
    public void Stores_speak_TLS_only_and_the_apps_verify_it()
    {
        Assert.Contains("ssl=on", string.Join(' ', _stack.List("postgres", "command")), StringComparison.Ordinal);
        Assert.Contains("--port 0", string.Join(' ', _stack.List("redis", "command")), StringComparison.Ordinal);
        Assert.All(_apps.Except(["admin-ui"]), app =>
            Assert.Contains(_stack.Environment(app), pair => pair.Key == "Sentinel__Storage__CaFile"));
    }

    [Fact]
    public void Each_fixed_address_is_one_of_the_internal_network()
    {
        var subnet = Yaml.Text(Yaml.Read(Path.Combine(published.Compose, "docker-compose.override.yaml")),
            "networks/aspire/ipam/config/0/subnet");
        Assert.True(Network.TryParse(subnet, out var network));
        var addresses = _stack.Services.Select(s => _stack.Text(s, "networks/aspire/ipv4_address"))
            .Where(address => address != "").ToList();

        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        Assert.All(addresses, text =>
            Assert.True(ClientAddress.TryParse(text, out var address) && network.Contains(address), text));
        Assert.Equal(
            _apps.Take(2).Select(proxy => _stack.Text(proxy, "networks/aspire/ipv4_address")),
            _stack.List("nginx", "extra_hosts").Select(host => host.Split(':')[1]));
    }

    [Fact]
    public void Whatever_is_secret_comes_from_outside()
    {
        var secrets = _stack.Services.SelectMany(_stack.Environment)
            .Where(pair => pair.Key.Contains("SECRET", StringComparison.OrdinalIgnoreCase)
                || pair.Key.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase)
                || pair.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal));

        Assert.All(secrets, pair => Assert.Contains("${", pair.Value, StringComparison.Ordinal));
        Assert.All(
            File.ReadLines(Path.Combine(published.Compose, ".env")),
            line => Assert.True(line is "" || line[0] == '#' || line[^1] == '=', line));
        Assert.DoesNotContain(
            Published.Files(published.Compose),
            file => file.Text.Contains(Published.Secret, StringComparison.Ordinal));
    }
}
