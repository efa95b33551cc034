using System.Data.Common;
using System.Globalization;

namespace Sentinel.ServiceDefaults.Settings;

/// <summary>Translates <c>postgresql[+asyncpg]://user:password@host:port/database?sslmode=…</c> for Npgsql.</summary>
internal static class PostgresDsn
{
    /// <summary>A connection string of another form is taken as Npgsql's own and returned as it is.</summary>
    /// <exception cref="FormatException">The address cannot be read, or has an unknown parameter.</exception>
    public static string ToConnectionString(string dsn)
    {
        if (!dsn.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) || !dsn.Contains("://"))
        {
            return dsn;
        }

        var address = ServiceAddress.Parse("PG_DSN", dsn);
        var builder = new DbConnectionStringBuilder { ["Host"] = address.Host };
        AddIfGiven(builder, "Port", address.Port?.ToString(CultureInfo.InvariantCulture));
        AddIfGiven(builder, "Username", address.User);
        AddIfGiven(builder, "Password", address.Password);
        AddIfGiven(builder, "Database", address.Path);
        foreach (var (name, value) in address.Parameters)
        {
            builder[KeywordOf(name)] = name is "sslmode" or "ssl" ? SslModeOf(value) : value;
        }

        return builder.ConnectionString;
    }

    private static void AddIfGiven(DbConnectionStringBuilder builder, string keyword, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            builder[keyword] = value;
        }
    }

    private static string KeywordOf(string parameter) => parameter switch
    {
        "sslmode" or "ssl" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "application_name" => "Application Name",
        "connect_timeout" => "Timeout",
        _ => throw new FormatException($"PG_DSN: the parameter '{parameter}' is not supported."),
    };

    private static string SslModeOf(string value) => value switch
    {
        "disable" or "false" => "Disable",
        "allow" => "Allow",
        "prefer" => "Prefer",
        "require" or "true" => "Require",
        "verify-ca" => "VerifyCA",
        "verify-full" => "VerifyFull",
        _ => throw new FormatException($"PG_DSN: sslmode '{value}' is not one of PostgreSQL's."),
    };
}
