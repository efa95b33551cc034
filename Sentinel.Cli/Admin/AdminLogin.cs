namespace Sentinel.Cli.Admin;

/// <summary>How somebody signs in.</summary>
/// <param name="Username">The name.</param>
/// <param name="PasswordFile">The file that holds the password.</param>
internal sealed record AdminLogin(string Username, string? PasswordFile)
{
    public async Task<string> ReadPasswordAsync(CancellationToken cancellationToken)
    {
        if (PasswordFile is null)
        {
            throw new VerbException(
                "Say where the admin's password is: --admin-password-file. Or set SENTINEL_ADMIN_TOKEN.",
                ExitCode.WrongUsage);
        }

        if (!File.Exists(PasswordFile))
        {
            throw new VerbException($"There is no password file {PasswordFile}.", ExitCode.SomethingMissing);
        }

        return (await File.ReadAllTextAsync(PasswordFile, cancellationToken)).TrimEnd('\r', '\n');
    }
}
