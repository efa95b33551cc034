namespace Sentinel.Tests.Functional.Bypass;

/// <summary>A stolen key on a route that asks for none: it goes through without the key, or not at all.</summary>
internal static class PublicRows
{
    public static readonly TheoryData<string, string> All = new()
    {
        // request and headers, separated by |                                  answer
        { "GET /open/a",                                                        "200" },
        { "GET /open/a|Authorization: Bearer <key>",                            "200" },
        { "GET /open/a|Authorization: Basic <key>",                             "200" },
        { "GET /open/a|Authorization: Bearer decoy|x-api-key: <key>",           "200" },
        { "GET /open/a|x-api-key: <upper>|api-key: <bare>|x-goog-api-key: <key>", "200" },
        { "GET /open/a|x-litellm-api-key: <key>|mj-api-secret: <bare>",         "200" },
        { "GET /open/a|Ocp-Apim-Subscription-Key: <key>",                       "200" },
        { "GET /open/a|x-portkey-config: {\"api_key\":\"<key>\"}",              "200" },
        { "GET /open/a|Sec-WebSocket-Protocol: openai-insecure-api-key.<key>",  "200" },
        { "GET /open/a?key=<key>&x=1",                                          "200" },
        { "GET /open/a?KEY=<bare>;%61pi_key=<upper>&access_token=<key>",        "200" },
        { "GET /open/a?subscription-key=<key>",                                 "200" },
        { "POST /open/a|x-api-key: <key>|Content-Length: 0",                    "200" },
        { "OPTIONS /open/a|x-api-key: <key>",                                   "200" },
        { "GET /open/a?key=<key>%ff",                                           "200" },
        { "GET /open/a|X_Api_Key: <key>",                                       "400 bad_request" },
        { "GET /open/a|x-api-key: <key>|Connection: x-api-key",                 "400 bad_request" },
        { "GET /open/%252e%252e/a|x-api-key: <key>",                            "400 target_ambiguous" },
        { "GET /open/..%2fa|x-api-key: <key>",                                  "400 target_ambiguous" },
        { "GET /open/../a|x-api-key: <key>",                                    "403 address_mismatch" },
        { "GET /openly|x-api-key: <key>",                                       "403 address_mismatch" },
        { "GET /a|x-api-key: <key>|X-Original-URL: /open/a",                    "403 address_mismatch" },
    };
}
