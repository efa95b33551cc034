namespace Sentinel.Tests.Support;

/// <summary>The settings with which an app starts in production, on this machine.</summary>
internal static class Production
{
    public const string ProxySecret = "what nginx shows to the apps";

    public static (string Name, string Value)[] Settings { get; } =
    [
        ("environment", "Production"),
        ("ALLOWED_HOSTS", "localhost,127.0.0.1"),
        ("TRUSTED_PROXIES", "127.0.0.1/32"),
        ("Sentinel:Callers:ProxySecret", ProxySecret),
    ];

    /// <summary>The same with some of them changed.</summary>
    public static (string Name, string Value)[] With(params (string Name, string Value)[] changes) =>
        [.. Settings, .. changes];
}
