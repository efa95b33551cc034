using Sentinel.Core.Credentials;

namespace Sentinel.ServiceDefaults.Guardrails;

/// <summary>Secrets that can be guessed, and key files that others can read.</summary>
internal static class SecretGuardrails
{
    private const string Remedy = "Let ./sentinel setup --production make it.";

    private static readonly (string Name, string Setting, string DropIn, int Shortest)[] _secrets =
    [
        ("hmac-secret", "Sentinel:Credentials:HmacSecret", "SENTINEL_HMAC_SECRET", 32),
        ("admin-password", "Sentinel:Operators:Password", "ADMIN_PASSWORD", 12),
        ("admin-jwt-secret", "Sentinel:Operators:JwtSecret", "ADMIN_JWT_SECRET", 32),
        ("proxy-secret", "Sentinel:Callers:ProxySecret", "Sentinel__Callers__ProxySecret", 16),
    ];

    // What examples, guides and tired people write.
    private static readonly string[] _known =
        ["admin", "changeme", "change-me", "change_me", "default", "example", "password", "replace", "secret", "test"];

    private static readonly string[] _keyFiles =
        ["Sentinel:Operators:JwtPrivateKeyFile", "Sentinel:Operators:JwtPreviousKeyFile",
         "Kestrel:Certificates:Default:KeyPath"];

    public static IEnumerable<Guardrail> Check(GuardedSettings settings)
    {
        foreach (var (name, setting, dropIn, shortest) in _secrets)
        {
            yield return new Guardrail(name, settings[setting] is { } secret
                ? ProblemOf(secret, dropIn, shortest)
                : settings.IsWhole ? $"{dropIn} is not set. {Remedy}" : null);
        }

        yield return new Guardrail("accepted-hmac-secrets", ProblemOfAccepted(settings));
        foreach (var setting in _keyFiles.Where(setting => settings[setting] is not null))
        {
            yield return new Guardrail("key-files", ProblemOfFile(settings[setting]!));
        }
    }

    private static string? ProblemOf(string secret, string dropIn, int shortest) => secret switch
    {
        _ when secret.Length < shortest => $"{dropIn} has less than {shortest} characters. {Remedy}",
        _ when IsKnown(secret) => $"{dropIn} is a well-known default. {Remedy}",
        _ => null,
    };

    /// <summary>What is wrong with those beside the current one: that one is looked at by itself.</summary>
    private static string? ProblemOfAccepted(GuardedSettings settings)
    {
        var accepted = settings["Sentinel:Credentials:AcceptedSecrets"];
        if (accepted is null && settings["Sentinel:Credentials:HmacSecretId"] is null
            || settings["Sentinel:Credentials:HmacSecret"] is not { Length: >= HmacSecret.MinLength } current)
        {
            return null;
        }

        var problems = HmacSecrets.FindProblems(current, settings["Sentinel:Credentials:HmacSecretId"], accepted);
        return problems.Count > 0
            ? $"{string.Join(' ', problems)} Let ./sentinel setup --rotate hmac write them."
            : null;
    }

    private static bool IsKnown(string secret) =>
        secret.Distinct().Count() < 6
        || _known.Any(known => secret.StartsWith(known, StringComparison.OrdinalIgnoreCase));

    private static string? ProblemOfFile(string path)
    {
        if (!File.Exists(path))
        {
            return $"The key file {path} is not there. {Remedy}";
        }

        // Kubernetes mounts each file of a secret as a link, and a link has no mode of its own.
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0
            ? $"The key file {path} can be read by everybody. Run: chmod 600 {path}"
            : null;
    }
}
