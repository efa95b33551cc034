namespace Sentinel.Tests.Functional.Bypass;

/// <summary>A stolen key in another carrier or another spelling.</summary>
internal static class CarrierRows
{
    public static readonly TheoryData<string, string> All = new()
    {
        // request and headers, separated by |                      refusal
        { "GET /a|Authorization: Bearer <key>",                     "403 address_mismatch" },
        { "GET /a|Authorization: <key>",                            "403 address_mismatch" },
        { "GET /a|Authorization: bearer  <key>",                    "403 address_mismatch" },
        { "GET /a|Authorization: BEARER <key>  ",                   "403 address_mismatch" },
        { "GET /a|aUTHORIZATION: Bearer <key>",                     "403 address_mismatch" },
        { "GET /a|Authorization: Bearer <bare>",                    "403 address_mismatch" },
        { "GET /a|Authorization: Bearer <upper>",                   "403 address_mismatch" },
        { "GET /a|Authorization: Bearer <key>-7",                   "403 address_mismatch" },
        { "GET /a|Authorization: Bearer <bare>-7",                  "403 address_mismatch" },
        { "GET /a|Authorization: Bearer <key>-x",                   "401 credential_invalid" },
        { "GET /a|Authorization: Bearer Bearer <key>",              "401 credential_invalid" },
        { "GET /a|Authorization: Bearer \"<key>\"",                 "401 credential_invalid" },
        { "GET /a|Authorization: Bearer <key>;q=1",                 "401 credential_invalid" },
        { "GET /a|Authorization: Bearer \\<key>",                   "401 credential_invalid" },
        { "GET /a|Authorization: Bearer <key>\u00a0",               "400" },
        { "GET /a|Authorization: Bearer <key>\u0001",               "400 bad_request" },
        { "GET /a|Authorization: Basic <key>",                      "401 credential_invalid" },
        { "GET /a|Authorization: Token <key>",                      "401 credential_invalid" },
        { "GET /a|Authorization: AWS4-HMAC-SHA256 Credential=<key>/x", "401 credential_invalid" },
        { "GET /a|x-api-key: <key>",                                "403 address_mismatch" },
        { "GET /a|x-api-key: <upper>",                              "403 address_mismatch" },
        { "GET /a|X-API-KEY: Bearer <bare>",                        "403 address_mismatch" },
        { "GET /a|api-key: <key>",                                  "403 address_mismatch" },
        { "GET /a|API-Key: bearer <upper>",                         "403 address_mismatch" },
        { "GET /a|x-goog-api-key: <key>",                           "403 address_mismatch" },
        { "GET /a|x-goog-api-key: <bare>-7",                        "403 address_mismatch" },
        { "GET /a?key=<key>",                                       "403 address_mismatch" },
        { "GET /a?KEY=<bare>",                                      "403 address_mismatch" },
        { "GET /a?x=1;%6bEY=<bare>",                                "403 address_mismatch" },
        { "GET /a?%6b%65%79=%73%6b-<bare>",                         "403 address_mismatch" },
        { "GET /a?key=<key>&key=<upper>",                           "403 address_mismatch" },
        { "GET /a?key=Bearer%20<key>",                              "403 address_mismatch" },
        { "GET /a?key=+<key>",                                      "403 address_mismatch" },
        { "GET /a?key=<key>%ff",                                    "400 bad_request" },
        { "GET /a?key=<key>%00",                                    "400 bad_request" },
        { "GET /a?key=<key>|Authorization: Bearer midjourney-proxy", "403 address_mismatch" },

        // Carriers that this downstream's profile does not declare are no way in.
        { "GET /a|x-litellm-api-key: <key>",                        "401 credential_missing" },
        { "GET /a|Ocp-Apim-Subscription-Key: <key>",                "401 credential_missing" },
        { "GET /a|mj-api-secret: <key>",                            "401 credential_missing" },
        { "GET /a|x-portkey-config: {\"api_key\":\"<key>\"}",       "401 credential_missing" },
        { "GET /a|Sec-WebSocket-Protocol: <key>",                   "401 credential_missing" },
        { "GET /a?api_key=<key>",                                   "401 credential_missing" },
        { "GET /a?access_token=<key>",                              "401 credential_missing" },
        { "GET /a?subscription-key=<key>",                          "401 credential_missing" },
        { "GET /a?$key=<key>",                                      "401 credential_missing" },
        { "GET /a?%24KEY=<key>",                                    "401 credential_missing" },
        { "GET /a?oauth_token=<key>",                               "401 credential_missing" },
        { "GET /a?$httpHeaders=x-goog-api-key:<key>",               "401 credential_missing" },
    };
}
