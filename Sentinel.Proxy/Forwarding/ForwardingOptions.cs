using System.ComponentModel.DataAnnotations;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Where requests go and what they may take.</summary>
public sealed class ForwardingOptions
{
    public const string SectionName = "Sentinel:Forwarding";

    /// <summary>
    /// The service to protect, for example <c>http://127.0.0.1:3000</c>. No default; not needed where
    /// <c>Sentinel:Downstreams</c> and <c>Sentinel:Routes</c> say all.
    /// </summary>
    public string DownstreamUrl { get; set; } = "";

    /// <summary>How long neither side may send anything. Default 15 min, because reasoning can be silent.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long connecting to downstream may take. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest request body in bytes. Default 1 GiB. Bodies are streamed, never held.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBodyBytes { get; set; } = 1L << 30;

    /// <summary>Largest sum of request headers in bytes. Default 32 KiB.</summary>
    [Range(1024, 1 << 20)]
    public int MaxHeaderBytes { get; set; } = 32 * 1024;

    /// <summary>How long a client may take to send the headers of a request. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The least bytes of a request body per second, after 5 s of grace. Default 240; 0 lets clients be as slow as they
    /// like.
    /// </summary>
    [Range(0, 1 << 30)]
    public int MinBodyBytesPerSecond { get; set; } = 240;

    /// <summary>
    /// The port of HTTP/2 without TLS (<c>H2C_PORT</c>), beside the usual one, which speaks HTTP/1.1. Default 0: none.
    /// </summary>
    [Range(0, 65_535)]
    public int H2cPort { get; set; }
}
