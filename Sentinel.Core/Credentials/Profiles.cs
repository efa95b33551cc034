using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Sentinel.Core.Credentials;

/// <summary>The profiles that are shipped.</summary>
public static class Profiles
{
    private const Carriers HeadersOfAll =
        Carriers.Authorization | Carriers.XApiKey | Carriers.ApiKey | Carriers.GoogApiKey;

    /// <summary>Knows every usual carrier, and the keys of New API, before which it may stand.</summary>
    public static readonly Profile Generic =
        new("generic", HeadersOfAll | Carriers.QueryKey | Carriers.SubProtocol, KeyShape.OneApiIf48);

    public static readonly Profile OpenAI = new("openai", Carriers.Authorization | Carriers.SubProtocol);

    public static readonly Profile Anthropic = new("anthropic", Carriers.Authorization | Carriers.XApiKey);

    public static readonly Profile Gemini = new(
        "gemini",
        Carriers.Authorization | Carriers.GoogApiKey | Carriers.QueryKey | Carriers.QueryAccessToken
        | Carriers.QuerySystemKey | Carriers.QueryOAuthToken);

    public static readonly Profile Azure = new(
        "azure",
        Carriers.Authorization | Carriers.ApiKey | Carriers.SubscriptionKey | Carriers.QueryApiKeyHyphen
        | Carriers.QuerySubscriptionKey);

    public static readonly Profile NewApi = new(
        "new-api",
        Carriers.Authorization | Carriers.XApiKey | Carriers.GoogApiKey | Carriers.QueryKey | Carriers.SubProtocol
        | Carriers.MidjourneySecret,
        KeyShape.OneApi);

    public static readonly Profile OneApi = new("one-api", Carriers.Authorization, KeyShape.OneApi);

    public static readonly Profile Litellm = new(
        "litellm",
        HeadersOfAll | Carriers.LitellmApiKey | Carriers.SubscriptionKey | Carriers.QueryKey | Carriers.SubProtocol);

    public static readonly Profile Portkey = new("portkey", HeadersOfAll);

    private static readonly FrozenDictionary<string, Profile> _byName =
        new[] { Generic, OpenAI, Anthropic, Gemini, Azure, NewApi, OneApi, Litellm, Portkey }
            .ToFrozenDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    public static bool TryGet(string name, [NotNullWhen(true)] out Profile? profile) =>
        _byName.TryGetValue(name, out profile);
}
