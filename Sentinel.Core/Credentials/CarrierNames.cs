using System.Collections.Immutable;

namespace Sentinel.Core.Credentials;

/// <summary>How the carriers are called in a request. All names are compared without case.</summary>
public static class CarrierNames
{
    /// <summary>Headers. Those that no profile checks are removed.</summary>
    public static readonly ImmutableArray<(Carriers Carrier, string Name)> Headers =
    [
        (Carriers.Authorization, "Authorization"),
        (Carriers.XApiKey, "x-api-key"),
        (Carriers.ApiKey, "api-key"),
        (Carriers.GoogApiKey, "x-goog-api-key"),
        (Carriers.LitellmApiKey, "x-litellm-api-key"),
        (Carriers.SubscriptionKey, "Ocp-Apim-Subscription-Key"),
        (Carriers.MidjourneySecret, "mj-api-secret"),
        (Carriers.PortkeyConfig, "x-portkey-config"),
    ];

    /// <summary>Query parameters.</summary>
    public static readonly ImmutableArray<(Carriers Carrier, string Name)> Query =
    [
        (Carriers.QueryKey, "key"),
        (Carriers.QueryApiKey, "api_key"),
        (Carriers.QueryApiKeyHyphen, "api-key"),
        (Carriers.QueryAccessToken, "access_token"),
        (Carriers.QuerySubscriptionKey, "subscription-key"),
        (Carriers.QuerySystemKey, "$key"),
        (Carriers.QueryOAuthToken, "oauth_token"),
        (Carriers.QueryHttpHeaders, "$httpHeaders"),
    ];

    /// <summary>The header of <see cref="Carriers.SubProtocol"/>.</summary>
    public const string SubProtocolHeader = "Sec-WebSocket-Protocol";
}
