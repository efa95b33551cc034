using System.Globalization;
using Sentinel.Storage;

namespace Sentinel.Tests.Support;

/// <summary>How long apps wait for stores on a machine that has much else to do.</summary>
internal static class Patience
{
    /// <summary>A busy machine that runs tests is no outage.</summary>
    public static (string Name, string Value)[] Great { get; } = Of(limit: 10_000, seconds: 60);

    /// <summary>Where stores are taken away: soon noticed, and not because the machine is busy.</summary>
    public static (string Name, string Value)[] Some { get; } = Of(limit: 2_000, seconds: 5);

    /// <summary>Where there is no Redis: a program that starts looks for it four times as long as this.</summary>
    public static (string Name, string Value) WithoutRedis { get; } =
        Setting(nameof(StorageOptions.RedisTimeLimit), new StorageOptions().RedisTimeLimit);

    /// <summary>What operators get, where that is shown.</summary>
    public static (string Name, string Value)[] OfTheProduct { get; } =
    [
        Setting(nameof(StorageOptions.PostgresTimeLimit), new StorageOptions().PostgresTimeLimit),
        Setting(nameof(StorageOptions.RedisTimeLimit), new StorageOptions().RedisTimeLimit),
    ];

    private static (string Name, string Value)[] Of(int limit, int seconds) =>
    [
        Setting(nameof(StorageOptions.PostgresTimeLimit), limit),
        Setting(nameof(StorageOptions.RedisTimeLimit), limit),
        Setting(nameof(StorageOptions.CommandTimeout), seconds),
        Setting(nameof(StorageOptions.ConnectTimeout), seconds),
    ];

    private static (string Name, string Value) Setting(string name, int value) =>
        ($"{StorageOptions.SectionName}:{name}", value.ToString(CultureInfo.InvariantCulture));
}
