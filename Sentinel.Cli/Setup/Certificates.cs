using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sentinel.Cli.Setup;

/// <summary>
/// The CA of an installation and what it vouches for. A rotated CA stands before those that were, in
/// <c>ca.crt</c>, so that stores and apps can change one after the other. What another CA made is never replaced.
/// </summary>
internal sealed class Certificates(string folder, IReadOnlyList<string> hosts, TimeProvider clock)
{
    private static readonly TimeSpan _lifeOfCa = TimeSpan.FromDays(3650);
    private static readonly TimeSpan _lifeOfServer = TimeSpan.FromDays(397);
    private static readonly TimeSpan _renewBefore = TimeSpan.FromDays(30);

    private string CaFile => Path.Combine(folder, "ca.crt");

    private string CaKeyFile => Path.Combine(folder, "ca.key");

    /// <summary>Makes what is missing, and anew what ends soon or lacks a name.</summary>
    public IEnumerable<string> Complete() => Make(isCaNew: false, areServersNew: false);

    /// <summary>Makes the certificates of all servers anew, by the same CA: nobody has to trust another.</summary>
    public IEnumerable<string> Reissue() => Make(isCaNew: false, areServersNew: true);

    /// <summary>Makes another CA, and by it the certificates of all servers.</summary>
    public IEnumerable<string> Replace() => Make(isCaNew: true, areServersNew: true);

    private IEnumerable<string> Make(bool isCaNew, bool areServersNew)
    {
        Directory.CreateDirectory(folder);
        var now = clock.GetUtcNow();
        var isNew = isCaNew || !File.Exists(CaFile);
        using var authority = isNew ? NewAuthority(now) : ReadAuthority();
        if (isNew)
        {
            yield return "made a CA of its own";
        }

        foreach (var server in (string[])["postgres", "redis", "nginx"])
        {
            var certificate = Path.Combine(folder, server, "server.crt");
            using var present = File.Exists(certificate) ? Read(certificate) : null;
            if (present is not null && present.Issuer != Authority.Name)
            {
                yield return $"kept the certificate of {server}, which is of another CA";
            }
            else if (isNew || areServersNew || present is null || !Serves(present, NamesOf(server), now))
            {
                Issue(authority, certificate, NamesOf(server), now);
                yield return $"made the certificate of {server}";
            }
        }
    }

    private string[] NamesOf(string server) =>
        server == "nginx" ? [.. hosts.Append("localhost").Distinct()] : [server];

    private static void Issue(Authority authority, string certificate, string[] names, DateTimeOffset now)
    {
        var (certificatePem, keyPem) = authority.Issue(now, _lifeOfServer, names);
        PublicFile.Write(certificate, certificatePem + "\n");
        PrivateFile.Write(Path.ChangeExtension(certificate, ".key"), keyPem + "\n");
    }

    private Authority NewAuthority(DateTimeOffset now)
    {
        var authority = Authority.Create(now, _lifeOfCa);
        var before = File.Exists(CaFile) ? File.ReadAllText(CaFile) : "";
        PublicFile.Write(CaFile, $"{authority.CertificatePem}\n{before}");
        PrivateFile.Write(CaKeyFile, authority.KeyPem + "\n");
        return authority;
    }

    private Authority ReadAuthority()
    {
        try
        {
            return Authority.Read(File.ReadAllText(CaFile), File.ReadAllText(CaKeyFile));
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw new VerbException($"{CaFile} and {CaKeyFile} are no CA with its key: {problem.Message}");
        }
    }

    private static X509Certificate2 Read(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException problem)
        {
            throw new VerbException($"{path} is no certificate in PEM: {problem.Message}");
        }
    }

    private static bool Serves(X509Certificate2 certificate, string[] names, DateTimeOffset now) =>
        certificate.NotAfter > (now + _renewBefore).LocalDateTime
        && names.All(name => name.Contains('*') || certificate.MatchesHostname(name));
}
