using System.Security.Cryptography.X509Certificates;

namespace Sentinel.Cli.Setup;

/// <summary>
/// The CA of an installation and what it vouches for. A rotated CA stands beside the one before it in
/// <c>ca.crt</c>, so that stores and apps can change one after the other.
/// </summary>
internal sealed class Certificates(string folder, string host, TimeProvider clock)
{
    private static readonly TimeSpan _lifeOfCa = TimeSpan.FromDays(3650);
    private static readonly TimeSpan _lifeOfServer = TimeSpan.FromDays(397);
    private static readonly TimeSpan _renewBefore = TimeSpan.FromDays(30);

    private string CaFile => Path.Combine(folder, "ca.crt");

    private string CaKeyFile => Path.Combine(folder, "ca.key");

    /// <summary>Makes what is missing, and anew what ends soon.</summary>
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
        using var authority = isNew ? NewAuthority(now) : Authority.Read(FirstCa(), File.ReadAllText(CaKeyFile));
        if (isNew)
        {
            yield return "made a CA of its own";
        }

        foreach (var server in (string[])["postgres", "redis", "nginx"])
        {
            var certificate = Path.Combine(folder, server, "server.crt");
            if (isNew || areServersNew || !IsFresh(certificate, now))
            {
                Issue(authority, server, certificate, now);
                yield return $"made the certificate of {server}";
            }
        }
    }

    private void Issue(Authority authority, string server, string certificate, DateTimeOffset now)
    {
        string[] names = server == "nginx" ? [.. ((string[])[host, "localhost"]).Distinct()] : [server];
        Directory.CreateDirectory(Path.GetDirectoryName(certificate)!);
        var (certificatePem, keyPem) = authority.Issue(now, _lifeOfServer, names);
        File.WriteAllText(certificate, certificatePem + "\n");
        PrivateFile.Write(Path.ChangeExtension(certificate, ".key"), keyPem + "\n");
    }

    private Authority NewAuthority(DateTimeOffset now)
    {
        var authority = Authority.Create(now, _lifeOfCa);
        var before = File.Exists(CaFile) ? FirstCa() : "";
        File.WriteAllText(CaFile, $"{authority.CertificatePem}\n{before}");
        PrivateFile.Write(CaKeyFile, authority.KeyPem + "\n");
        return authority;
    }

    private string FirstCa()
    {
        using var first = X509Certificate2.CreateFromPem(File.ReadAllText(CaFile));
        return first.ExportCertificatePem() + "\n";
    }

    private static bool IsFresh(string path, DateTimeOffset now)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
        return certificate.NotAfter > (now + _renewBefore).LocalDateTime;
    }
}
