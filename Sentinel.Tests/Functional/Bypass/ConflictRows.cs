namespace Sentinel.Tests.Functional.Bypass;

/// <summary>
/// A stolen key beside another one. Where the answer is 200 the thief's own key went through, and the stolen one did
/// not.
/// </summary>
internal static class ConflictRows
{
    public static readonly TheoryData<string, string> All = new()
    {
        // request and headers, separated by |                                          refusal
        { "GET /a|Authorization: Bearer decoy|x-api-key: <key>",                        "400 credential_conflict" },
        { "GET /a|Authorization: Bearer <key>|x-api-key: decoy",                        "400 credential_conflict" },
        { "GET /a?key=<key>|Authorization: Bearer decoy",                               "400 credential_conflict" },
        { "GET /a|Authorization: Bearer decoy|x-goog-api-key: <upper>",                 "400 credential_conflict" },
        { "GET /a|Authorization: Bearer decoy|api-key: <bare>",                         "400 credential_conflict" },
        { "GET /a|Authorization: Bearer decoy|Authorization: Bearer <key>",             "400 credential_conflict" },
        { "GET /a|Authorization: Bearer <key>|Authorization: Bearer decoy",             "400 credential_conflict" },
        { "GET /a|x-api-key: decoy|x-api-key: <key>",                                   "400 credential_conflict" },
        { "GET /a|Authorization: Bearer <key>, decoy",                                  "401 credential_invalid" },
        { "GET /a?key=decoy&key=<key>",                                                 "400 credential_conflict" },
        { "GET /a?key=decoy;KEY=<key>",                                                 "400 credential_conflict" },
        { "GET /a|Authorization: Bearer <key>|x-api-key: <upper>",                      "403 address_mismatch" },
        { "GET /a|Authorization:|x-api-key: <key>",                                     "403 address_mismatch" },
        { "GET /a|X_Api_Key: <key>|Authorization: Bearer decoy",                        "400 bad_request" },
        { "GET /a|x-api-key: <key>|Connection: x-api-key|Authorization: Bearer decoy",  "400 bad_request" },
        { "GET /a|x-api-key: <key>|Connection: close, x-api-key|Authorization: Bearer decoy", "400 bad_request" },
        { "POST /a|Authorization: Bearer decoy|Trailer: x-api-key|Transfer-Encoding: chunked", "400 bad_request" },
        { "GET /a|Authorization: Bearer thief|x-litellm-api-key: <key>",                "200" },
        { "GET /a|Authorization: Bearer thief|mj-api-secret: <key>",                    "200" },
        { "GET /a|Authorization: Bearer thief|Ocp-Apim-Subscription-Key: <key>",        "200" },
        { "GET /a|Authorization: Bearer thief|x-portkey-config: {\"api_key\":\"<key>\"}", "200" },
        { "GET /a|Authorization: Bearer thief|Sec-WebSocket-Protocol: <key>",           "200" },
        { "GET /a?$key=<key>&%24httpheaders=x-goog-api-key%3A<key>|Authorization: Bearer thief", "200" },
        { "GET /a?oauth_token=<key>|x-goog-api-key: thief",                             "200" },
        { "GET /a?access_token=<key>&api_key=<key>|Authorization: Bearer thief",        "200" },
    };
}
