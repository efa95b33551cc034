using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Pulses;
using Sentinel.Storage.Redis;
using Sentinel.Storage.Settings;
using StackExchange.Redis;

namespace Sentinel.Storage;

public static class StorageExtensions
{
    // A program without it (the proxy) cannot read secret settings, and needs none.
    private const string SealingSecretName = "Sentinel:Operators:JwtSecret";
    private const string PreviousSealingSecretName = "Sentinel:Operators:JwtPreviousSecret";

    /// <summary>Adds PostgreSQL, which is the truth, and Redis, which is a cache and a bell.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StorageOptions>()
            .BindConfiguration(StorageOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<BindingOptions>()
            .BindConfiguration(BindingOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        var options = builder.Configuration.GetSection(StorageOptions.SectionName).Get<StorageOptions>() ?? new();
        builder.Services.AddSingleton<StorePulses>();
        builder.AddPostgres(options, builder.AddAuthority("PostgreSQL", options.CaFile));
        builder.AddRedis(options, builder.AddAuthority("Redis", options.CaFile));
        builder.AddLiveSettings();
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning); // it logs every statement at Information
    }

    private static void AddPostgres(
        this IHostApplicationBuilder builder, StorageOptions options, OwnAuthority? authority)
    {
        builder.AddNpgsqlDataSource(
            "sentinel", configureDataSourceBuilder: database => Shape(database, options, authority));
        builder.Services.AddSingleton<SchemaMigrator>();
        builder.Services.AddSingleton<BindingStore>();
        builder.Services.AddSingleton<SecretStore>();
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddSingleton<BindingChanges>();
        builder.Services.AddSingleton<InterceptStore>();
        builder.Services.AddSingleton<BindingQueries>();
        builder.Services.AddSingleton<InterceptQueries>();
        builder.Services.AddSingleton<ApprovalQueries>();
        builder.Services.AddSingleton<OverviewQueries>();
        builder.Services.AddSingleton<CallerQueries>();
        builder.Services.AddSingleton<AuditQueries>();
        builder.Services.AddSingleton<SessionQueries>();
        builder.Services.AddSingleton<UserQueries>();
        builder.Services.AddSingleton<UserChanges>();
        builder.Services.AddSingleton<TokenQueries>();
        builder.Services.AddSingleton<AlertStore>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddSingleton<RetentionStore>();
        builder.Services.AddHostedService<SchemaService>();
    }

    private static void AddLiveSettings(this IHostApplicationBuilder builder)
    {
        var configuration = new LiveConfiguration();
        builder.Configuration.Add(configuration);
        builder.Services.AddSingleton(configuration);
        builder.Services.AddSingleton(services => new SettingSeal(
            services.GetRequiredService<IConfiguration>()[SealingSecretName],
            services.GetRequiredService<IConfiguration>()[PreviousSealingSecretName]));
        builder.Services.AddSingleton<SettingQueries>();
        builder.Services.AddSingleton(services => new LiveSettingsService(
            services.GetRequiredService<SettingQueries>(),
            configuration,
            services.GetRequiredService<SettingSeal>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<LiveSettingsService>>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveSettingsService>());
    }

    private static void AddRedis(
        this IHostApplicationBuilder builder, StorageOptions options, OwnAuthority? authority)
    {
        builder.AddRedisClient(
            "redis",
            settings => settings.DisableTracing = true,
            configuration => Shape(configuration, options, authority));
        builder.Services.AddSingleton<RedisTrips>();
        builder.Services.AddSingleton(services => new RedisSpool(services.GetRequiredService<RedisTrips>()));
        builder.Services.AddHostedService<RedisPulse>();
        builder.Services.AddSingleton(services => new DailyCounters(services.GetRequiredService<RedisTrips>()));
        builder.Services.AddSingleton(services => new ClaimCounters(services.GetRequiredService<RedisTrips>()));
        builder.Services.AddSingleton(services =>
            new InterceptCounters(services.GetRequiredService<RedisTrips>()));
        builder.Services.AddSingleton(services => new Replicas(services.GetRequiredService<RedisTrips>()));
        builder.Services.AddSingleton(services => new CallerChains(services.GetRequiredService<RedisTrips>()));
        builder.Services.AddSingleton(services => new LoginAttempts(services.GetRequiredService<RedisTrips>()));
        builder.Services.AddSingleton(services =>
            new Bell(
                services.GetRequiredService<RedisTrips>(),
                services.GetRequiredService<StorePulses>().Redis,
                services.GetRequiredService<IConnectionMultiplexer>()));
        builder.Services.AddSingleton(services => new BindingCache(
            services.GetRequiredService<RedisTrips>(),
            Seal(services.GetRequiredService<IConfiguration>()),
            services.GetRequiredService<IOptions<StorageOptions>>(),
            services.GetRequiredService<IMeterFactory>(),
            services.GetRequiredService<ILogger<BindingCache>>()));
    }

    /// <summary>A program without a secret removes cached bindings and never reads or writes one.</summary>
    private static BindingSeal? Seal(IConfiguration configuration) => SecretSettings.Read(configuration) is { } secrets
        ? new BindingSeal([.. secrets.Select(secret => secret.Text)])
        : null;

    private static void Shape(NpgsqlDataSourceBuilder database, StorageOptions options, OwnAuthority? authority)
    {
        StoreTls.Verify(database, authority);
        database.ConnectionStringBuilder.CommandTimeout = options.CommandTimeout;
        database.ConnectionStringBuilder.Timeout = options.ConnectTimeout;
        database.ConnectionStringBuilder.MaxPoolSize = options.MaxConnections;
    }

    private static void Shape(ConfigurationOptions redis, StorageOptions options, OwnAuthority? authority)
    {
        StoreTls.Verify(redis, authority);
        redis.AbortOnConnectFail = false;
        redis.ConnectTimeout = 4 * options.RedisTimeLimit;
        redis.SyncTimeout = options.RedisTimeLimit;
    }
}
