using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Cli.Backups;
using Sentinel.Core.Credentials;
using Sentinel.Storage.Postgres;

namespace Sentinel.Cli;

/// <summary>
/// Whether the secrets of the settings are those under which the database knows keys, and how far a rotation has come.
/// </summary>
internal static class HmacDoctor
{
    /// <summary>Looks at the database that the settings name.</summary>
    /// <returns>
    /// What is wrong, and how far a rotation has come; null if no database is named, or there is no sound secret.
    /// </returns>
    public static async Task<DoctorLine?> LookAsync(
        IConfiguration settings, FileInfo? file, CancellationToken cancellationToken)
    {
        if (!Database.IsNamedBy(file) || RingOf(settings) is not { } ring)
        {
            return null;
        }

        using (ring)
        {
            try
            {
                return await Database.UseAsync(file, async services =>
                {
                    var secrets = services.GetRequiredService<SecretStore>();
                    var problem = await secrets.FindProblemAsync(ring, cancellationToken);
                    var uses = await secrets.CountAsync(cancellationToken);
                    return new DoctorLine("hmac-keys", problem, Remark(uses));
                });
            }
            catch (VerbException problem)
            {
                return new DoctorLine("hmac-keys", Problem: null, $"not looked at: {problem.Message}");
            }
        }
    }

    private static SecretRing? RingOf(IConfiguration settings)
    {
        try
        {
            return settings["Sentinel:Credentials:HmacSecret"] is { Length: > 0 } secret
                ? new SecretRing(HmacSecrets.Read(
                    secret,
                    settings["Sentinel:Credentials:HmacSecretId"],
                    settings["Sentinel:Credentials:AcceptedSecrets"]))
                : null;
        }
        catch (FormatException)
        {
            return null; // another line says so
        }
    }

    private static string Remark(IReadOnlyList<SecretUse> uses)
    {
        var old = uses.Where(use => use is { IsInUse: false, Bindings: > 0 }).ToList();
        var all = uses.Sum(use => use.Bindings);
        return old.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"all {all} keys are under the secret in use")
            : string.Join(", ", old.Select(use => string.Create(
                CultureInfo.InvariantCulture, $"{use.Bindings} keys still under the HMAC secret {use.Id}")));
    }
}
