using Microsoft.Extensions.Configuration;

namespace Sentinel.AppHost;

/// <summary>What is set for the stack as a whole reaches the apps under the names that installations know.</summary>
internal static class Settings
{
    private static readonly string[] DropIns =
        ["ADMIN_USERNAME", "ARCHIVE_DAYS", "SENTINEL_FAILSAFE_MODE", "TRUSTED_PROXIES"];

    private static readonly string[] OwnSettings = ["EnvFile", "Publish", "Replicas", "StateDir", "Stores"];

    /// <summary>HTTP/2 without TLS has a port of its own, which one replica alone can have.</summary>
    public static IResourceBuilder<ProjectResource> WithH2cPort(
        this IResourceBuilder<ProjectResource> app, int replica) =>
        replica == 1
        && app.ApplicationBuilder is { ExecutionContext.IsRunMode: true } builder
        && builder.Configuration["H2C_PORT"] is { Length: > 0 } port
            ? app.WithEnvironment("H2C_PORT", port)
            : app;

    /// <summary>A secret that is being rotated concerns those who name keys, and nobody else.</summary>
    public static IResourceBuilder<ProjectResource> WithHmacSecret(this IResourceBuilder<ProjectResource> app)
    {
        var builder = app.ApplicationBuilder;
        app.WithEnvironment("SENTINEL_HMAC_SECRET", builder.AddSecret("hmac-secret", "SENTINEL_HMAC_SECRET"));
        foreach (var name in (string[])["SENTINEL_HMAC_SECRET_ID", "SENTINEL_HMAC_SECRETS_ACCEPTED"])
        {
            if (builder.ExecutionContext.IsRunMode && builder.Configuration[name] is { Length: > 0 } value)
            {
                app.WithEnvironment(name, value);
            }
        }

        return app;
    }

    /// <summary>
    /// Whoever reads keys knows whose they are: the gate, and the admin API that binds keys before their first use.
    /// When the stack runs here the settings of both hold it; in Compose a file does, which the override names.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithRoutes(this IResourceBuilder<ProjectResource> app) =>
        app.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? app.PublishAsKubernetesService(Pod.ReadRoutes)
            : app;

    public static IResourceBuilder<ProjectResource> WithSettings(this IResourceBuilder<ProjectResource> app)
    {
        var builder = app.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
        {
            return app.WithPublishedSettings();
        }

        // Everything runs on this machine, so what comes from it may say for whom it speaks.
        app.WithEnvironment("ASPNETCORE_ENVIRONMENT", "Development")
            .WithEnvironment("TRUSTED_PROXIES", "127.0.0.0/8,::1/128");

        foreach (var name in DropIns)
        {
            if (builder.Configuration[name] is { Length: > 0 } value)
            {
                app.WithEnvironment(name, value);
            }
        }

        foreach (var (name, value) in builder.Configuration.GetSection("Sentinel").AsEnumerable())
        {
            var isOwn = OwnSettings.Contains(name.Split(':', 2)[^1], StringComparer.OrdinalIgnoreCase);
            if (value is not null && !isOwn)
            {
                app.WithEnvironment(name.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return app;
    }
}
