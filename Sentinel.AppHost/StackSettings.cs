using Microsoft.Extensions.Configuration;

namespace Sentinel.AppHost;

/// <summary>
/// <c>run/stack.env</c>: where the stores are, and the secrets under which keys are known there, for the verbs that
/// work on the database itself. Readable for its owner alone; it goes away with the stack.
/// </summary>
internal sealed class StackSettings(DistributedApplicationModel model, IConfiguration configuration, StateFolder state)
{
    /// <summary>To be called when the stack is up: only then every address is known.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var store in model.Resources.OfType<IResourceWithConnectionString>().Where(IsOfSentinel))
        {
            var name = store.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{store.Name}";
            lines.Add($"{name}={await store.GetConnectionStringAsync(cancellationToken)}");
        }

        var secret = model.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "hmac-secret");
        lines.Add($"SENTINEL_HMAC_SECRET={await secret.GetValueAsync(cancellationToken)}");
        lines.AddRange(((string[])["SENTINEL_HMAC_SECRET_ID", "SENTINEL_HMAC_SECRETS_ACCEPTED"])
            .Where(name => !string.IsNullOrEmpty(configuration[name]))
            .Select(name => $"{name}={configuration[name]}"));
        StateFolder.WritePrivate(state.SettingsFile, string.Join('\n', lines) + "\n");
    }

    private static bool IsOfSentinel(IResourceWithConnectionString store) => store.Name is "sentinel" or "redis";
}
