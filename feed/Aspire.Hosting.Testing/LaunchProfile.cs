using System.Reflection;
using System.Text.Json;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Testing;

/// <summary>What F5 would set, a test sets too: the environment of the AppHost's first launch profile.</summary>
internal static class LaunchProfile
{
    public static IEnumerable<KeyValuePair<string, string?>> EnvironmentOf(Assembly appHost)
    {
        var file = Path.Combine(
            AssemblyFacts.Of(appHost, "apphostprojectpath") ?? ".", "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            yield break;
        }

        using var settings = JsonDocument.Parse(File.ReadAllBytes(file));
        var profile = settings.RootElement.GetProperty("profiles").EnumerateObject().First().Value;
        if (!profile.TryGetProperty("environmentVariables", out var variables))
        {
            yield break;
        }

        foreach (var variable in variables.EnumerateObject())
        {
            var name = variable.Name;
            yield return new(name, variable.Value.GetString());
            if (name.StartsWith("DOTNET_", StringComparison.Ordinal))
            {
                yield return new(name["DOTNET_".Length..], variable.Value.GetString());
            }
        }
    }
}
