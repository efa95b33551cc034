using System.ComponentModel.DataAnnotations;

namespace Sentinel.Storage;

/// <summary>How long and how much is asked of the stores.</summary>
public sealed class StorageOptions
{
    public const string SectionName = "Sentinel:Storage";

    /// <summary>
    /// The certificate of your own CA (PEM). With it both stores are reached by TLS only, and are believed only if
    /// they show a certificate of that CA for the name in their address. Empty by default: as their addresses say.
    /// </summary>
    public string CaFile { get; set; } = "";

    /// <summary>Seconds that PostgreSQL may take for one statement. Default 5.</summary>
    [Range(1, 60)]
    public int CommandTimeout { get; set; } = 5;

    /// <summary>Seconds that a connection to PostgreSQL, or a free one of the pool, is waited for. Default 3.</summary>
    [Range(1, 60)]
    public int ConnectTimeout { get; set; } = 3;

    /// <summary>Connections to PostgreSQL that one process opens at most. Default 30.</summary>
    [Range(2, 1000)]
    public int MaxConnections { get; set; } = 30;

    /// <summary>Milliseconds after which PostgreSQL counts as away because it does not answer. Default 600.</summary>
    [Range(10, 10_000)]
    public int PostgresTimeLimit { get; set; } = 600;

    /// <summary>Milliseconds after which Redis counts as away for one call. Default 500.</summary>
    [Range(10, 10_000)]
    public int RedisTimeLimit { get; set; } = 500;

    /// <summary>
    /// How long Redis keeps a binding. Default one day: with PostgreSQL down, this is what known keys live on.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "30.00:00:00")]
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromDays(1);
}
