using Microsoft.Extensions.Configuration;

namespace Sentinel.ServiceDefaults.Settings;

/// <summary>
/// The environment names that an existing installation already uses, and the settings that they stand for.
/// A setting that is given under its own name wins.
/// </summary>
public static class SettingNames
{
    private static readonly (string DropIn, string Setting, Func<string, string> Translate)[] _names =
    [
        ("DOWNSTREAM_URL", "Sentinel:Forwarding:DownstreamUrl", AsItIs),
        ("H2C_PORT", "Sentinel:Forwarding:H2cPort", AsItIs),
        ("HMAC_SECRET", "Sentinel:Credentials:HmacSecret", AsItIs), // as setup writes it, for Compose
        ("SENTINEL_HMAC_SECRET", "Sentinel:Credentials:HmacSecret", AsItIs),
        ("SENTINEL_HMAC_SECRET_ID", "Sentinel:Credentials:HmacSecretId", AsItIs),
        ("SENTINEL_HMAC_SECRETS_ACCEPTED", "Sentinel:Credentials:AcceptedSecrets", AsItIs),
        ("PROXY_SECRET", "Sentinel:Callers:ProxySecret", AsItIs),
        ("TRUSTED_PROXIES", "Sentinel:Callers:TrustedProxies", AsItIs),
        ("ALLOWED_HOSTS", "Sentinel:Hosts:Allowed", AsItIs),
        ("SENTINEL_ACKNOWLEDGE", "Sentinel:Acknowledge", AsItIs),
        ("CORS_ORIGINS", "Sentinel:Denials:CorsOrigins", AsItIs),
        ("SENTINEL_FAILSAFE_MODE", "Sentinel:Decisions:Failsafe", AsItIs),
        ("SENTINEL_STATE_DIR", "Sentinel:State:Directory", AsItIs),
        ("ARCHIVE_DAYS", "Sentinel:Retention:ArchiveDays", AsItIs),
        ("ADMIN_USERNAME", "Sentinel:Operators:Username", AsItIs),
        ("ADMIN_PASSWORD", "Sentinel:Operators:Password", AsItIs),
        ("ADMIN_JWT_SECRET", "Sentinel:Operators:JwtSecret", AsItIs),
        ("ADMIN_JWT_PRIVATE_KEY_FILE", "Sentinel:Operators:JwtPrivateKeyFile", AsItIs),
        ("ADMIN_JWT_SECRET_PREVIOUS", "Sentinel:Operators:JwtPreviousSecret", AsItIs),
        ("ADMIN_JWT_PREVIOUS_KEY_FILE", "Sentinel:Operators:JwtPreviousKeyFile", AsItIs),
        ("ADMIN_API_URL", "Sentinel:AdminApi:Url", AsItIs),
        ("PG_DSN", "ConnectionStrings:sentinel", PostgresDsn.ToConnectionString),
        ("REDIS_URL", "ConnectionStrings:redis", RedisUrl.ToConnectionString),
    ];

    /// <summary>Adds, below all other sources, what the drop-in names say.</summary>
    /// <exception cref="FormatException">PG_DSN or REDIS_URL cannot be read; the message says why.</exception>
    public static void AddDropInNames(this IConfigurationManager configuration)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (dropIn, setting, translate) in _names)
        {
            if (configuration[dropIn] is { Length: > 0 } value)
            {
                values[setting] = translate(value);
            }
        }

        var source = new ConfigurationBuilder().AddInMemoryCollection(values).Sources[0];
        configuration.Sources.Insert(0, source);
    }

    private static string AsItIs(string value) => value;
}
