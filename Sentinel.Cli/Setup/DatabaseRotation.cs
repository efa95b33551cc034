using Sentinel.Storage;
using Sentinel.Storage.Postgres;

namespace Sentinel.Cli.Setup;

/// <summary>
/// The password of the database's role: made and kept first, then applied, and only then the one in use. Whatever
/// happens in between, running it again goes on from there.
/// </summary>
internal sealed class DatabaseRotation(SettingsFile settings, string? database)
{
    private const string Password = "POSTGRES_PASSWORD";
    private const string Next = "POSTGRES_PASSWORD_NEXT";
    private const string Role = "postgres";

    public async Task<IReadOnlyList<string>> RotateAsync(bool isApplied, CancellationToken cancellationToken)
    {
        if (settings.Lacks(Next))
        {
            if (isApplied)
            {
                throw new VerbException($"There is no {Next} that could have been applied.");
            }

            settings.Set(Next, NewSecret.Make());
            settings.Save();
        }

        var next = settings.Get(Next);
        if (!isApplied && string.IsNullOrEmpty(database))
        {
            return
            [
                $"made {Next}, which PostgreSQL does not know yet. Apply it (this holds a hash, not the password):",
                $"  docker compose exec postgres psql -U {Role} -c \"{Escape(DatabaseRole.Statement(Role, next))}\"",
                "then run: ./sentinel setup --production --rotate db --applied",
            ];
        }

        if (!isApplied)
        {
            await ApplyAsync(next, cancellationToken);
        }

        settings.Set(Password, next);
        settings.Remove(Next);
        settings.Save();
        return [$"{Password} is the new one; now restart every app: new connections need it"];
    }

    private async Task ApplyAsync(string password, CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseRole.SetPasswordAsync(database!, password, cancellationToken);
        }
        catch (Exception problem) when (problem is StoreUnavailableException or ArgumentException)
        {
            throw new VerbException(
                $"The password was not changed: {problem.Message} Run it again, or without --database to be told the "
                + "statement.",
                ExitCode.NotPossibleNow);
        }
    }

    /// <summary>A shell reads dollar signs and quotes between double quotes.</summary>
    private static string Escape(string statement) => statement
        .Replace("$", "\\$", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);
}
