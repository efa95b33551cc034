namespace Sentinel.Core.Credentials;

/// <summary>How a downstream reads keys: which carriers it looks at, and which spellings are one key to it.</summary>
/// <param name="Name">The name in the configuration.</param>
/// <param name="Declared">The carriers that are checked; all others are removed.</param>
public sealed record Profile(string Name, Carriers Declared)
{
    public static readonly Profile Generic = new(
        "generic",
        Carriers.Authorization | Carriers.XApiKey | Carriers.ApiKey | Carriers.GoogApiKey | Carriers.QueryKey
        | Carriers.SubProtocol);
}
