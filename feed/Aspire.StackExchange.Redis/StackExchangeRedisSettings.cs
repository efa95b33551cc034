namespace Aspire.StackExchange.Redis;

public sealed class StackExchangeRedisSettings
{
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    /// <summary>Only for the sake of the original's signature: there are no spans of this client to turn off.</summary>
    public bool DisableTracing { get; set; }
}
