using Microsoft.Extensions.Configuration;

namespace Sentinel.AppHost;

/// <summary>What is set for the stack as a whole reaches the apps under the names that installations know.</summary>
internal static class Settings
{
    private const string PrivateKeyFile = "ADMIN_JWT_PRIVATE_KEY_FILE";

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
        return builder.ExecutionContext.IsRunMode
            ? app.WithGiven("SENTINEL_HMAC_SECRET_ID", "SENTINEL_HMAC_SECRETS_ACCEPTED")
            : app;
    }

    /// <summary>
    /// The tokens of operators are signed by a private key where one is given. The secret is there in any case: secret
    /// settings are sealed under it. In Compose our override mounts the key that setup made.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithTokenKeys(this IResourceBuilder<ProjectResource> app)
    {
        var builder = app.ApplicationBuilder;
        app.WithEnvironment("ADMIN_JWT_SECRET", builder.AddSecret("admin-jwt-secret", "ADMIN_JWT_SECRET"));
        if (builder.ExecutionContext.IsRunMode)
        {
            return app.WithGiven("ADMIN_JWT_SECRET_PREVIOUS", PrivateKeyFile, "ADMIN_JWT_PREVIOUS_KEY_FILE");
        }

        return builder.PublishTarget() == Publishing.Kubernetes
            ? app.WithEnvironment(PrivateKeyFile, $"{Pod.TokenKeyFolder}/admin.key")
                .WithPod(Pod.MountTokenKeys)
            : app;
    }

    /// <summary>
    /// Whoever reads keys knows whose they are: the gate, and the admin API that binds keys before their first use.
    /// When the stack runs here the settings of both hold it; in Compose a file does, which the override names.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithRoutes(this IResourceBuilder<ProjectResource> app) =>
        app.ApplicationBuilder.ExecutionContext.IsPublishMode ? app.WithPod(Pod.ReadRoutes) : app;

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

        app.WithGiven(DropIns);
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

    /// <summary>What is set for the stack, by the same names.</summary>
    private static IResourceBuilder<ProjectResource> WithGiven(
        this IResourceBuilder<ProjectResource> app, params string[] names)
    {
        foreach (var name in names)
        {
            if (app.ApplicationBuilder.Configuration[name] is { Length: > 0 } value)
            {
                app.WithEnvironment(name, value);
            }
        }

        return app;
    }
}
