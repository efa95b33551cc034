using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sentinel.Cli.Setup;

/// <summary>
/// The folder of one production: <c>.env</c> beside the files that were published, and <c>tls/</c>. What is there
/// stays, so that setup can be run again at any time.
/// </summary>
internal sealed class Installation(string folder, string host, TimeProvider clock)
{
    private const int SecretBytes = 32;
    private const string JwtSecret = "ADMIN_JWT_SECRET";

    private static readonly string[] _secrets =
        ["ADMIN_PASSWORD", JwtSecret, "HMAC_SECRET", "POSTGRES_PASSWORD", "PROXY_SECRET", "REDIS_PASSWORD"];

    // The addresses that docker-compose.override.yaml gives to nginx and to the console.
    private const string TrustedProxies = "172.30.231.10/32,172.30.231.32/32";

    /// <summary>Makes what is missing, and what is to be rotated.</summary>
    /// <returns>What was done, line by line; never a secret.</returns>
    public IEnumerable<string> Complete(string? rotated)
    {
        Directory.CreateDirectory(folder);
        var settings = new SettingsFile(Path.Combine(folder, ".env"));
        foreach (var name in _secrets.Where(name => settings.Lacks(name) || (rotated == "jwt" && name == JwtSecret)))
        {
            settings.Set(name, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));
            yield return $"made {name}";
        }

        foreach (var (name, value) in Usual().Where(setting => settings.Lacks(setting.Name)))
        {
            settings.Set(name, value);
            yield return $"set {name}={value}";
        }

        settings.Save();
        var certificates = new Certificates(Path.Combine(folder, "tls"), host, clock);
        foreach (var line in certificates.Complete(isRotated: rotated == "tls"))
        {
            yield return line;
        }

        if (settings.Lacks("DOWNSTREAM_URL"))
        {
            yield return $"still to do: set DOWNSTREAM_URL in {Path.Combine(folder, ".env")}";
        }
    }

    private IEnumerable<(string Name, string Value)> Usual() =>
    [
        ("ALLOWED_HOSTS", host),
        ("TRUSTED_PROXIES", TrustedProxies),
        ("PROXY_IMAGE", "sentinel/proxy:latest"),
        ("PROXY_2_IMAGE", "sentinel/proxy:latest"),
        ("ADMIN_API_IMAGE", "sentinel/admin-api:latest"),
        ("ADMIN_UI_IMAGE", "sentinel/admin-ui:latest"),
    ];
}
