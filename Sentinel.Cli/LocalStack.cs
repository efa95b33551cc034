using System.Text.Json;

namespace Sentinel.Cli;

/// <summary>The stack that <c>./sentinel up</c> started: what its status file says, if there is one.</summary>
/// <param name="Proxy">The address of the proxy.</param>
/// <param name="AdminApi">The address of the admin API.</param>
/// <param name="Dashboard">The address of the Aspire dashboard.</param>
/// <param name="Admin">Who may sign in.</param>
/// <param name="SettingsFile">The file that says where its stores are, and has its secrets.</param>
internal sealed record LocalStack(
    Uri? Proxy, Uri? AdminApi, Uri? Dashboard, LocalAdmin? Admin, string? SettingsFile)
{
    private const string StatusFile = ".sentinel/run/status.json";

    /// <summary>Reads the status file of this folder; without one, nothing is known.</summary>
    public static LocalStack Read()
    {
        try
        {
            return JsonSerializer.Deserialize<LocalStack>(File.ReadAllText(StatusFile), JsonSerializerOptions.Web)!;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return new LocalStack(null, null, null, null, null);
        }
    }
}

/// <summary>The operator of the local stack.</summary>
/// <param name="Username">The name.</param>
/// <param name="PasswordFile">The file that holds the password.</param>
internal sealed record LocalAdmin(string? Username, string? PasswordFile);
