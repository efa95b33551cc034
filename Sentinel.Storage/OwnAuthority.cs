using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Sentinel.Storage;

/// <summary>
/// Believes a store only if it shows a certificate of our own CA for the name that we called it by. The file is read
/// for each connection, so that it may hold the old and the new CA while they change.
/// </summary>
internal sealed partial class OwnAuthority(string store, string caFile)
{
    private volatile ILogger? _logger;
    private volatile string? _unsaid;

    /// <summary>The first connection may be tried before anything can log; what was wrong then is said now.</summary>
    public void Speak(ILogger logger)
    {
        _logger = logger;
        if (_unsaid is { } problem)
        {
            Log.Refused(logger, store, problem);
        }
    }

    public bool Validate(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        var problem = FindProblem(sender as SslStream, shown as X509Certificate2, chain, errors);
        if (problem is not null && _logger is { } logger)
        {
            Log.Refused(logger, store, problem);
        }
        else
        {
            _unsaid = problem;
        }

        return problem is null;
    }

    private string? FindProblem(SslStream? stream, X509Certificate2? shown, X509Chain? given, SslPolicyErrors errors)
    {
        if (shown is null)
        {
            return "it shows none";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"it is for {shown.GetNameInfo(X509NameType.DnsName, forIssuer: false)}, and the server was called "
                + stream?.TargetHostName;
        }

        try
        {
            using var chain = NewChain(given);
            return chain.Build(shown) ? null : Describe(chain, shown);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or CryptographicException)
        {
            return $"the file of our own CA cannot be read: {exception.Message}";
        }
    }

    private X509Chain NewChain(X509Chain? given)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(caFile);
        foreach (var element in given?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain;
    }

    private string Describe(X509Chain chain, X509Certificate2 shown)
    {
        return chain.ChainStatus.Any(it => it.Status == X509ChainStatusFlags.NotTimeValid)
            ? $"it is valid from {shown.NotBefore.ToUniversalTime():u} to {shown.NotAfter.ToUniversalTime():u}"
            : $"it is not of a CA in {caFile}";
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The certificate of {Store} is not to be trusted: {Problem}.")]
        public static partial void Refused(ILogger logger, string store, string problem);
    }
}
