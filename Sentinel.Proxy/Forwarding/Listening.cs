using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sentinel.Proxy.Forwarding;

/// <summary>How this app listens: what it takes from clients at most, and on which ports.</summary>
internal static class Listening
{
    /// <summary>A slow start is no attack.</summary>
    private static readonly TimeSpan _bodyGrace = TimeSpan.FromSeconds(5);

    public static void Limit(KestrelServerOptions kestrel, ForwardingOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = options.MaxHeaderBytes;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = options.MaxHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = options.HeaderTimeout;
        kestrel.Limits.MinRequestBodyDataRate = options.MinBodyBytesPerSecond == 0
            ? null
            : new MinDataRate(options.MinBodyBytesPerSecond, _bodyGrace);
    }

    /// <summary>
    /// One port without TLS speaks either HTTP/1.1 or HTTP/2. Kestrel forgets the usual addresses as soon as one is
    /// given by name, so that they are given here too.
    /// </summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="urls">The usual addresses, separated by semicolons.</param>
    /// <param name="h2cPort">The port of HTTP/2 without TLS on the same hosts.</param>
    public static void AddH2c(KestrelServerOptions kestrel, string urls, int h2cPort)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(BindingAddress.Parse)
            .ToArray();
        foreach (var address in addresses)
        {
            Listen(kestrel, address, address.Port, options => Secure(options, address));
        }

        foreach (var address in addresses.Where(it => !it.IsUnixPipe).DistinctBy(it => it.Host))
        {
            Listen(kestrel, address, h2cPort, options => options.Protocols = HttpProtocols.Http2);
        }
    }

    private static void Listen(
        KestrelServerOptions kestrel, BindingAddress address, int port, Action<ListenOptions> how)
    {
        if (address.IsUnixPipe)
        {
            kestrel.ListenUnixSocket(address.UnixPipePath, how);
        }
        else if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(port, how);
        }
        else if (IPAddress.TryParse(address.Host, out var ip))
        {
            kestrel.Listen(ip, port, how);
        }
        else
        {
            kestrel.ListenAnyIP(port, how);
        }
    }

    private static void Secure(ListenOptions options, BindingAddress address)
    {
        if (address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
        {
            _ = options.UseHttps();
        }
    }
}
