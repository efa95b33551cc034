using System.Text;

namespace Sentinel.Cli.Backups;

/// <summary>
/// The files of an installation without which its data is worthless: settings with secrets, keys and certificates.
/// </summary>
internal sealed class SecretFiles(string folder)
{
    private const string Hmac = "HMAC_SECRET";

    private static readonly string[] _kinds = [".env", ".key", ".crt", ".pem"];

    /// <summary>What there is, by its path in the folder.</summary>
    /// <exception cref="VerbException">The secret is not among it that fingerprints are made with.</exception>
    public SortedDictionary<string, SecretFile> Collect()
    {
        var files = Present();
        return HmacSecrets(files).Any()
            ? files
            : throw new VerbException(
                $"No file *.env in {folder} has {Hmac}=…, without which no key of the backup would be known. "
                + "Name the folder of the installation with --installation.",
                ExitCode.SomethingMissing);
    }

    /// <exception cref="VerbException">The installation makes other fingerprints than those of the backup.</exception>
    public void MustKnow(IReadOnlyDictionary<string, SecretFile> backup)
    {
        var present = HmacSecrets(Present()).ToHashSet();
        if (present.Count > 0 && !present.IsSupersetOf(HmacSecrets(backup)))
        {
            throw new VerbException(
                $"The installation in {folder} has another {Hmac}: it would know no key of the backup. "
                + "Restore into an empty folder with --installation, and deploy that.",
                ExitCode.NotPossibleNow);
        }
    }

    /// <summary>Writes what is missing. What is there stays.</summary>
    /// <returns>What was done, line by line.</returns>
    public IEnumerable<string> Restore(IReadOnlyDictionary<string, SecretFile> backup)
    {
        foreach (var (name, file) in backup)
        {
            var path = Path.GetFullPath(Path.Combine(folder, name));
            if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new VerbException($"The backup holds {name}, which is no file of an installation.");
            }

            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                file.Write(path);
                yield return $"restored {name}";
            }
            else if (!file.Content.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            {
                yield return $"kept {name}, which is not that of the backup";
            }
        }
    }

    private SortedDictionary<string, SecretFile> Present() => new(
        !Directory.Exists(folder)
            ? []
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => _kinds.Contains(Path.GetExtension(path)))
                .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), SecretFile.Read),
        StringComparer.Ordinal);

    /// <summary>Those that count: while one is rotated there are several.</summary>
    private static IEnumerable<string> HmacSecrets(IReadOnlyDictionary<string, SecretFile> files) => files
        .Where(file => file.Key.EndsWith(".env", StringComparison.Ordinal))
        .Select(file => Encoding.UTF8.GetString(file.Value.Content).Split('\n')
            .Select(line => line.Trim().Split('=', 2))
            .Where(line => line.Length == 2)
            .ToLookup(line => line[0], line => line[1].Trim('"', '\'')))
        .SelectMany(SecretsOf);

    private static IEnumerable<string> SecretsOf(ILookup<string, string> settings)
    {
        var secret = settings[Hmac].Concat(settings["SENTINEL_HMAC_SECRET"]).LastOrDefault() ?? "";
        try
        {
            return secret.Length == 0
                ? []
                : Core.Credentials.HmacSecrets.Read(
                    secret,
                    settings["SENTINEL_HMAC_SECRET_ID"].LastOrDefault(),
                    settings["SENTINEL_HMAC_SECRETS_ACCEPTED"].LastOrDefault()).Select(it => it.Text);
        }
        catch (FormatException problem)
        {
            throw new VerbException(problem.Message);
        }
    }
}
