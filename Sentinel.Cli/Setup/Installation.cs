using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.Cli.Setup;

/// <summary>
/// The folder of one production: <c>.env</c> beside the files that were published, <c>tls/</c> and <c>jwt/</c>. What is
/// there stays, so that setup can be run again at any time.
/// </summary>
internal sealed class Installation(string folder, string? host, TimeProvider clock)
{
    private static readonly string[] _secrets =
        ["ADMIN_PASSWORD", JwtRotation.Secret, "HMAC_SECRET", "POSTGRES_PASSWORD", "PROXY_SECRET", "REDIS_PASSWORD"];

    // The addresses that docker-compose.override.yaml gives to nginx and to the console, and where both are by systemd.
    private const string TrustedProxies = "172.30.231.10/32,172.30.231.32/32,127.0.0.1/32";

    private const string AllowedHosts = "ALLOWED_HOSTS";

    private string SettingsPath => Path.Combine(folder, ".env");

    public SettingsFile Settings
    {
        get
        {
            Directory.CreateDirectory(folder);
            return field ??= new SettingsFile(SettingsPath);
        }
    }

    /// <summary>Whether setup was here before.</summary>
    public bool Exists => File.Exists(SettingsPath);

    public JwtRotation Jwt => new(Settings, Path.Combine(folder, "jwt"));

    public Certificates Certificates => new(Path.Combine(folder, "tls"), Hosts, clock);

    /// <summary>The names that clients use. A wildcard for all of them is none.</summary>
    private string[] Hosts =>
    [
        .. CommaList.Split(Settings.Get(AllowedHosts)).Where(name =>
            Uri.CheckHostName(name.Replace("*.", "", StringComparison.Ordinal)) != UriHostNameType.Unknown),
    ];

    /// <summary>Makes what is missing.</summary>
    /// <returns>What was done, line by line; never a secret.</returns>
    public IEnumerable<string> Complete()
    {
        foreach (var name in _secrets.Where(Settings.Lacks))
        {
            Settings.Set(name, NewSecret.Make());
            yield return $"made {name}";
        }

        foreach (var (name, value) in Usual().Where(setting => Settings.Lacks(setting.Name)))
        {
            Settings.Set(name, value);
            yield return $"set {name}={value}";
        }

        Settings.Save();
        if (host is not null && !Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"kept {AllowedHosts}={Settings.Get(AllowedHosts)}, in which {host} is missing: add it in "
                + $"{SettingsPath} and run this again";
        }

        foreach (var line in Jwt.Complete().Concat(Certificates.Complete()))
        {
            yield return line;
        }

        if (Settings.Lacks("DOWNSTREAM_URL"))
        {
            yield return $"still to do: set DOWNSTREAM_URL in {SettingsPath}";
        }
    }

    private IEnumerable<(string Name, string Value)> Usual() =>
    [
        (AllowedHosts, host ?? "localhost"),
        ("TRUSTED_PROXIES", TrustedProxies),
        ("PROXY_IMAGE", "sentinel/proxy:latest"),
        ("PROXY_2_IMAGE", "sentinel/proxy:latest"),
        ("ADMIN_API_IMAGE", "sentinel/admin-api:latest"),
        ("ADMIN_UI_IMAGE", "sentinel/admin-ui:latest"),
    ];
}
