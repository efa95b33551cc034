using System.Globalization;
using Sentinel.Core.Credentials;

namespace Sentinel.Cli.Setup;

/// <summary>
/// Rotates the secret that names keys, in steps between which all programs restart: the next one is accepted, then it
/// is used, and when no binding is named under the one before, that is retired. No step forgets a key.
/// </summary>
internal sealed class HmacRotation(SettingsFile settings)
{
    private const string Secret = "HMAC_SECRET";
    private const string Id = "SENTINEL_HMAC_SECRET_ID";
    private const string Accepted = "SENTINEL_HMAC_SECRETS_ACCEPTED";

    private IReadOnlyList<HmacSecret> Ring
    {
        get
        {
            try
            {
                return HmacSecrets.Read(settings.Get(Secret), settings.Get(Id), settings.Get(Accepted));
            }
            catch (FormatException problem)
            {
                throw new VerbException(problem.Message);
            }
        }
    }

    /// <summary>Makes the next secret, which is accepted and not used yet.</summary>
    public IEnumerable<string> Prepare()
    {
        var ring = Ring;
        if (!HmacSecrets.CanBeListed(ring[0].Text))
        {
            throw new VerbException($"{Secret} holds ',1:' or the like, or blanks around it: no list can carry that.");
        }

        var next = ring.Skip(1).FirstOrDefault(secret => secret.Id > ring[0].Id);
        if (next is null)
        {
            next = new HmacSecret((short)(ring.Max(secret => secret.Id) + 1), NewSecret.Make());
            Write(ring[0], [.. ring.Skip(1), next]);
            yield return $"made the HMAC secret {next.Id}: it is accepted, and not used yet";
        }

        yield return "now restart every proxy and the admin API, one after the other; when all have restarted, run: "
            + "./sentinel setup --production --rotate hmac --use";
    }

    /// <summary>Uses the next secret.</summary>
    public IEnumerable<string> Use()
    {
        var ring = Ring;
        var next = ring.Skip(1).FirstOrDefault(secret => secret.Id > ring[0].Id);
        if (next is null && ring.Count == 1)
        {
            throw new VerbException("No next HMAC secret is prepared. Run it without --use before.");
        }

        if (next is not null)
        {
            Write(next, [.. ring.Where(secret => secret.Id != next.Id)]);
            yield return $"the HMAC secret {next.Id} is used, and {ring[0].Id} accepted";
        }

        yield return "now restart every proxy and the admin API again, one after the other. Each binding moves when "
            + "its key is used next; ./sentinel secrets list counts those that have not. When a secret has none, run: "
            + "./sentinel secrets retire ID";
    }

    /// <summary>Takes a secret out that the installation has retired.</summary>
    public IEnumerable<string> Remove(int id)
    {
        var ring = Ring;
        if (ring[0].Id == id)
        {
            throw new VerbException(string.Create(CultureInfo.InvariantCulture, $"The HMAC secret {id} is in use."));
        }

        if (ring.Any(secret => secret.Id == id))
        {
            Write(ring[0], [.. ring.Skip(1).Where(secret => secret.Id != id)]);
            yield return $"took the HMAC secret {id} out; restart every proxy and the admin API when it suits you";
        }
    }

    private void Write(HmacSecret used, IReadOnlyList<HmacSecret> accepted)
    {
        settings.Set(Secret, used.Text);
        settings.Set(Id, used.Id.ToString(CultureInfo.InvariantCulture));
        settings.Set(Accepted, string.Join(',', accepted.Select(secret => $"{secret.Id}:{secret.Text}")));
        settings.Save();
    }
}
