namespace Sentinel.Tests.Functional.Bypass;

/// <summary>
/// What somebody does to the owner of a key: with that key from elsewhere, or with other keys beside him, behind his
/// own address.
/// </summary>
internal static class HarmRows
{
    public static readonly TheoryData<string, string> All = new()
    {
        // request and headers, separated by |, sent twenty times                            answer
        { "GET /a|Authorization: Bearer <key>|X-Real-IP: <stranger>",                        "403 address_mismatch" },
        { "GET /a|x-api-key: <upper>|X-Real-IP: <stranger>",                                 "403 address_mismatch" },
        { "GET /a?key=<key>|X-Real-IP: <stranger>",                                          "403 address_mismatch" },
        { "HEAD /a|x-api-key: <key>|X-Real-IP: <stranger>",                                  "403 address_mismatch" },
        { "DELETE /a|x-api-key: <key>|X-Real-IP: <stranger>",                                "403 address_mismatch" },
        { "GET /a|x-api-key: <key>|Cache-Control: max-age=86400|X-Real-IP: <stranger>",      "403 address_mismatch" },
        { "GET /a|x-api-key: <key>|If-None-Match: *|X-Real-IP: <stranger>",                  "403 address_mismatch" },
        { "GET /a|x-api-key: <key>|Range: bytes=0-|X-Real-IP: <stranger>",                   "403 address_mismatch" },
        { "GET /a|x-api-key: <key>|x-script: slow-start-60s|X-Real-IP: <stranger>",          "403 address_mismatch" },
        { "POST /a|x-api-key: <key>|Content-Length: 100000000|X-Real-IP: <stranger>",        "403 address_mismatch" },
        { "POST /a|x-api-key: <key>|Transfer-Encoding: chunked|X-Real-IP: <stranger>",       "403 address_mismatch" },
        { "POST /a|x-api-key: <key>|Content-Length: 9|Expect: 100-continue|X-Real-IP: <stranger>",
                                                                                             "403 address_mismatch" },
        { "GET /ws/echo|<ws>|Authorization: Bearer <key>|X-Real-IP: <stranger>",             "403 address_mismatch" },
        { "GET /a|x-api-key: <key>|traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            + "|X-Real-IP: <stranger>",                                                      "403 address_mismatch" },
        { "OPTIONS /a|x-api-key: <key>|Origin: https://a.test|Access-Control-Request-Method: GET"
            + "|X-Real-IP: <stranger>",                                                      "403 address_mismatch" },
        { "OPTIONS /a|Origin: https://a.test|Access-Control-Request-Method: GET|X-Real-IP: <stranger>", "200" },
        { "GET /a|x-api-key: <key>|X-Real-IP: <owner>|X-Real-IP: <stranger>",                "403 caller_unknown" },
        { "GET /a|x-api-key: <key>|X-Forwarded-For: <owner>|X-Real-IP: <stranger>",          "403 caller_unknown" },
        { "GET /a|x-api-key: <key>|api-key: decoy|X-Real-IP: <stranger>",                   "400 credential_conflict" },
        { "GET /a|Authorization: Basic <key>|X-Real-IP: <stranger>",                         "401 credential_invalid" },
        { "GET /a/..%2fb|x-api-key: <key>|X-Real-IP: <stranger>",                            "400 target_ambiguous" },
        { "TRACE /a|x-api-key: <key>|X-Real-IP: <stranger>",                                 "405 bad_request" },
        { "GET /a|Authorization: Bearer <random>|x-script: status-401|X-Real-IP: <stranger>", "401" },
        { "GET /a|Authorization: Bearer <random>|X-Real-IP: <stranger>",                     "200" },

        // The neighbours behind the owner's own address, and he himself when his service says no.
        { "GET /a|Authorization: Bearer <random>|x-script: status-401|X-Real-IP: <owner>",   "401" },
        { "GET /a|Authorization: Bearer <random>|x-script: error-429|X-Real-IP: <owner>",    "429" },
        { "GET /a|Authorization: Bearer <random>|x-script: html|X-Real-IP: <owner>",         "200" },
        { "GET /a|Authorization: Bearer <random>|X-Real-IP: <owner>",                        "200" },
        { "GET /a|Authorization: Basic <random>|X-Real-IP: <owner>",                         "401 credential_invalid" },
        { "GET /a|X-Real-IP: <owner>",                                                       "401 credential_missing" },
    };
}
