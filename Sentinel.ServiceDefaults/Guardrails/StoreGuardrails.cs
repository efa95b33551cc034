using System.Data.Common;
using System.Net;

namespace Sentinel.ServiceDefaults.Guardrails;

/// <summary>What goes over a network to a store goes encrypted, and to the right one.</summary>
internal static class StoreGuardrails
{
    private const string Remedy = "or set Sentinel:Storage:CaFile to the certificate of your own CA.";

    public static IEnumerable<Guardrail> Check(GuardedSettings settings)
    {
        var isVerified = settings["Sentinel:Storage:CaFile"] is not null;
        var postgres = settings["ConnectionStrings:sentinel"];
        yield return new Guardrail("postgres-tls", !IsReadable(postgres)
            ? "PG_DSN is neither an address like postgresql://user:password@host/database nor keywords with values."
            : isVerified || !IsOpenPostgres(postgres)
            ? null
            : $"PostgreSQL is on another machine without verified TLS. Use sslmode=verify-full in PG_DSN, {Remedy}");
        yield return new Guardrail("redis-tls", isVerified || !IsOpenRedis(settings["ConnectionStrings:redis"])
            ? null
            : $"Redis is on another machine without TLS. Use rediss:// in REDIS_URL, {Remedy}");
    }

    private static bool IsReadable(string? connection)
    {
        try
        {
            _ = new DbConnectionStringBuilder { ConnectionString = connection };
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsOpenPostgres(string? connection)
    {
        if (connection is null)
        {
            return false;
        }

        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        var mode = Part(parts, "SSL Mode", "SslMode").Replace("-", "", StringComparison.Ordinal);
        return Part(parts, "Host", "Server").Split(',').Any(IsRemote)
            && !mode.Equals("VerifyFull", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsOpenRedis(string? connection)
    {
        var parts = connection?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return parts.Where(part => !part.Contains('=')).Any(IsRemote)
            && !parts.Contains("ssl=true", StringComparer.OrdinalIgnoreCase);
    }

    private static string Part(DbConnectionStringBuilder parts, params string[] names) =>
        names.Select(name => parts.TryGetValue(name, out var value) ? value.ToString() : null)
            .FirstOrDefault(value => value is not null) ?? "";

    /// <summary>A Unix socket and the loopback leave no machine.</summary>
    private static bool IsRemote(string host)
    {
        var isAlone = IPAddress.TryParse(host, out var address);
        var name = isAlone ? host : host.Split(':')[0];
        return !isAlone && !IPAddress.TryParse(name, out address)
            ? name.Length > 0 && name[0] is not ('/' or '@') && name != "localhost"
            : !IPAddress.IsLoopback(address!);
    }
}
