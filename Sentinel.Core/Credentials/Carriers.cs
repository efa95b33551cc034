namespace Sentinel.Core.Credentials;

/// <summary>The places of a request where a key can stand.</summary>
[Flags]
public enum Carriers
{
    None = 0,

    /// <summary>The header <c>Authorization: Bearer</c>.</summary>
    Authorization = 1 << 0,

    /// <summary>The header <c>x-api-key</c>.</summary>
    XApiKey = 1 << 1,

    /// <summary>The header <c>api-key</c>.</summary>
    ApiKey = 1 << 2,

    /// <summary>The header <c>x-goog-api-key</c>.</summary>
    GoogApiKey = 1 << 3,

    /// <summary>The header <c>x-litellm-api-key</c>.</summary>
    LitellmApiKey = 1 << 4,

    /// <summary>The header <c>Ocp-Apim-Subscription-Key</c>.</summary>
    SubscriptionKey = 1 << 5,

    /// <summary>The header <c>mj-api-secret</c>.</summary>
    MidjourneySecret = 1 << 6,

    /// <summary>The query parameter <c>key</c>.</summary>
    QueryKey = 1 << 7,

    /// <summary>The query parameter <c>api_key</c>.</summary>
    QueryApiKey = 1 << 8,

    /// <summary>The query parameter <c>api-key</c>, as Azure's realtime API reads it.</summary>
    QueryApiKeyHyphen = 1 << 9,

    /// <summary>The query parameter <c>access_token</c>.</summary>
    QueryAccessToken = 1 << 10,

    /// <summary>The query parameter <c>subscription-key</c>.</summary>
    QuerySubscriptionKey = 1 << 11,

    /// <summary>A token of <c>Sec-WebSocket-Protocol</c> in a handshake.</summary>
    SubProtocol = 1 << 12,

    /// <summary>The header <c>x-portkey-config</c>, whose JSON can hold keys. No profile checks it.</summary>
    PortkeyConfig = 1 << 13,

    /// <summary>The query parameter <c>$key</c>, as Google's APIs also call <c>key</c>.</summary>
    QuerySystemKey = 1 << 14,

    /// <summary>The query parameter <c>oauth_token</c>, as Google's APIs also call <c>access_token</c>.</summary>
    QueryOAuthToken = 1 << 15,

    /// <summary>
    /// The query parameter <c>$httpHeaders</c>, in which Google's APIs take headers. No profile checks it.
    /// </summary>
    QueryHttpHeaders = 1 << 16,
}
