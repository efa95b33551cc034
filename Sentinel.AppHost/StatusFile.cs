using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Sentinel.AppHost;

/// <summary>
/// Keeps <c>run/status.json</c> in the state folder as true as the stack is: <c>starting</c>, <c>up</c>,
/// <c>unhealthy</c> or <c>failed</c>. It goes away with the AppHost; after a kill the process that it names is gone.
/// </summary>
internal sealed class StatusFile(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    IConfiguration configuration,
    StackSettings settings,
    StateFolder state) : BackgroundService
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly SortedDictionary<string, CustomResourceSnapshot> _resources = [];
    private bool _hasBeenUp;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource.IsServer())
                {
                    await NoteAsync(change, stoppingToken);
                }
            }
        }
        finally
        {
            state.Leave();
        }
    }

    /// <summary>
    /// Beside the status, <c>progress</c> gets a line for each step, for those who wait for the start.
    /// </summary>
    private async Task NoteAsync(ResourceEvent change, CancellationToken cancellationToken)
    {
        var name = change.Resource.Name;
        var before = _resources.TryGetValue(name, out var known) ? Word(known) : null;
        _resources[name] = change.Snapshot;
        if (!_hasBeenUp && _resources.Values.All(IsHealthy))
        {
            _hasBeenUp = true;
            await settings.WriteAsync(cancellationToken);
        }

        StateFolder.WritePrivate(state.StatusFile, JsonSerializer.Serialize(Current(), Json));
        if (Word(change.Snapshot) is var now && now != before)
        {
            await File.AppendAllTextAsync(state.File("run", "progress"), $"{name,-20} {now}\n", cancellationToken);
        }
    }

    private Status Current() => new(
        State(),
        Environment.ProcessId,
        Url("proxy"),
        [.. _resources.Keys.Where(IsProxy).Select(Url).OfType<string>()],
        Url("admin-api"),
        Url("admin-ui"),
        Url("aspire-dashboard") is { } url ? $"{url}/login?t={configuration["AppHost:BrowserToken"]}" : null,
        new StatusAdmin(
            configuration["ADMIN_USERNAME"] ?? "admin",
            string.IsNullOrEmpty(configuration["ADMIN_PASSWORD"]) ? state.File("secrets", "admin-password") : null),
        _hasBeenUp ? state.SettingsFile : null,
        _resources.ToDictionary(resource => resource.Key, resource => Word(resource.Value)));

    private string State()
    {
        if (_resources.Values.Any(HasEnded))
        {
            return "failed";
        }

        if (_resources.Values.All(IsHealthy))
        {
            return "up";
        }

        return _hasBeenUp ? "unhealthy" : "starting";
    }

    private static bool IsHealthy(CustomResourceSnapshot resource) => resource.HealthStatus == HealthStatus.Healthy;

    private string? Url(string name) =>
        model.Resources.OfType<IResourceWithEndpoints>().FirstOrDefault(resource => resource.Name == name) is { } found
            && new EndpointReference(found, "http") is { Exists: true, IsAllocated: true } endpoint
                ? endpoint.Url
                : null;

    private static bool IsProxy(string name) => name.StartsWith("proxy", StringComparison.Ordinal);

    private static bool HasEnded(CustomResourceSnapshot resource) =>
        resource.State?.Text is { } text && KnownResourceStates.TerminalStates.Contains(text);

    private static string Word(CustomResourceSnapshot resource) =>
        IsHealthy(resource)
            ? "healthy"
            : resource.State?.Text.ToLowerInvariant() ?? "unknown";

    private sealed record Status(
        string State,
        int Pid,
        string? Proxy,
        IReadOnlyList<string> Proxies,
        string? AdminApi,
        string? AdminUi,
        string? Dashboard,
        StatusAdmin Admin,
        string? SettingsFile,
        IReadOnlyDictionary<string, string> Resources);

    private sealed record StatusAdmin(string Username, string? PasswordFile);
}
