using System.Security.Cryptography;

namespace Sentinel.Cli.Setup;

/// <summary>The keys of the tokens of operators. What those before signed is believed until it expires.</summary>
internal sealed class JwtRotation(SettingsFile settings, string folder)
{
    public const string Secret = "ADMIN_JWT_SECRET";
    public const string PreviousKey = "ADMIN_JWT_PREVIOUS_KEY_FILE";

    /// <summary>Where docker-compose.override.yaml puts the keys for the admin API.</summary>
    public const string MountedAt = "/run/jwt";

    private const string PreviousSecret = "ADMIN_JWT_SECRET_PREVIOUS";
    private const int KeySize = 3072;

    private string KeyFile => Path.Combine(folder, "admin.key");

    private string PreviousFile => Path.Combine(folder, "previous.pem");

    /// <summary>Makes the private key if there is none.</summary>
    public IEnumerable<string> Complete()
    {
        if (!File.Exists(KeyFile))
        {
            WriteKey();
            yield return $"made {KeyFile}, which signs the tokens of operators";
        }
    }

    /// <exception cref="VerbException">What the rotation before left is still believed.</exception>
    public IEnumerable<string> Rotate()
    {
        if (!settings.Lacks(PreviousSecret) || !settings.Lacks(PreviousKey))
        {
            throw new VerbException(
                $"The rotation before is not over: tokens of {PreviousSecret} and {PreviousKey} are believed still. "
                + "When the last one has expired (8 hours), empty both in .env and run it again.",
                ExitCode.NotPossibleNow);
        }

        if (!settings.Lacks(Secret))
        {
            settings.Set(PreviousSecret, settings.Get(Secret));
        }

        settings.Set(Secret, NewSecret.Make());
        settings.Save();
        yield return $"made {Secret}; tokens of the one before are believed as {PreviousSecret}";
        if (File.Exists(KeyFile))
        {
            using var before = RSA.Create();
            before.ImportFromPem(File.ReadAllText(KeyFile));
            PrivateFile.Write(PreviousFile, before.ExportSubjectPublicKeyInfoPem() + "\n");
            settings.Set(PreviousKey, $"{MountedAt}/previous.pem");
            settings.Save();
            WriteKey();
            yield return $"made {KeyFile}; tokens of the one before are believed by {PreviousFile} ({PreviousKey})";
        }

        yield return "now run docker compose up -d admin-api; when the last token of before has expired (8 hours), "
            + $"empty {PreviousSecret} and {PreviousKey} in .env and do so again";
    }

    private void WriteKey()
    {
        using var key = RSA.Create(KeySize);
        Directory.CreateDirectory(folder);
        PrivateFile.Write(KeyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
