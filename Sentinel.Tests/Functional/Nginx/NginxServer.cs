using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sentinel.Tests.Conventions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Nginx;

/// <summary>The real nginx with the configuration that is deployed: <c>nginx/sentinel.conf.template</c>.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    /// <summary>How many requests one address may have at once.</summary>
    public const int ConnectionsPerAddress = 40;

    private readonly ServerProcess _process;
    private readonly string _log;
    private readonly string _certificate;

    private NginxServer(ServerProcess process, string log, int port, string certificate)
    {
        (_process, _log, _certificate) = (process, log, certificate);
        Address = new Uri($"https://localhost:{port.ToString(CultureInfo.InvariantCulture)}");
    }

    public Uri Address { get; }

    /// <summary>Everything that it logged.</summary>
    public string Log => File.ReadAllText(_log);

    /// <summary>Starts it in front of several proxies, as of a name with several addresses.</summary>
    public static async Task<NginxServer> StartAsync(Uri[] proxies, Uri adminApi, Uri adminUi, string secret)
    {
        var folder = ServerProcess.NewFolder();
        var port = ServerProcess.FreePort();
        var certificate = WriteCertificate(folder.FullName);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "sentinel.conf"), Render(new()
        {
            ["SENTINEL_PROXY"] = string.Join(" fail_timeout=2s; server ", proxies.Select(proxy => proxy.Authority)),
            ["SENTINEL_ADMIN_API"] = adminApi.Authority,
            ["SENTINEL_ADMIN_UI"] = adminUi.Authority,
            ["SENTINEL_PROXY_SECRET"] = secret,
            ["SENTINEL_TLS_FOLDER"] = folder.FullName,
            ["SENTINEL_CONNECTIONS"] = ConnectionsPerAddress.ToString(CultureInfo.InvariantCulture),
            ["SENTINEL_HTTP_PORT"] = $"127.0.0.1:{ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture)}",
            ["SENTINEL_HTTPS_PORT"] = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
        }));
        var main = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(main, MainFile(folder.FullName));
        var process = await ServerProcess.StartAsync(
            folder, "nginx", "-c", main, "-p", folder.FullName, "-e", "stderr");
        var server = new NginxServer(process, Path.Combine(folder.FullName, "log"), port, certificate);
        await Eventually.Succeeds(async () => await server.NewClient(IPAddress.Loopback).GetAsync("/health"));
        return server;
    }

    /// <summary>A client at an address of the loopback that trusts its certificate.</summary>
    public HttpClient NewClient(IPAddress from) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions =
        {
            RemoteCertificateValidationCallback = IsItself,
        },
    })
    {
        BaseAddress = Address,
    };

    /// <summary>A connection over which anything can be said.</summary>
    public async Task<SslStream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port, cancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false, IsItself);
        await stream.AuthenticateAsClientAsync("localhost");
        return stream;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private bool IsItself(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        shown?.GetCertHashString() == _certificate;

    private static string MainFile(string folder) => $$"""
        daemon off;
        pid {{folder}}/pid;
        events {}
        http {
          client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
          include {{folder}}/sentinel.conf;
        }
        """;

    private static string Render(Dictionary<string, string> values) => values.Aggregate(
        Tree.Read("nginx/sentinel.conf.template"),
        (text, value) => text.Replace($"${{{value.Key}}}", value.Value, StringComparison.Ordinal));

    private static string WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "server.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate.GetCertHashString();
    }
}
