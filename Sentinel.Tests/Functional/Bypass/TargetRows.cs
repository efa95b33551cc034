namespace Sentinel.Tests.Functional.Bypass;

/// <summary>A stolen key with a method, a target or a protocol that might go around the gate.</summary>
internal static class TargetRows
{
    public static readonly TheoryData<string, string> All = new()
    {
        // request and headers, separated by |                          refusal
        { "HEAD /a|x-api-key: <key>",                                   "403 address_mismatch" },
        { "POST /a|x-api-key: <key>|Content-Length: 0",                 "403 address_mismatch" },
        { "POST /a|x-api-key: <key>|Content-Length: 9|Expect: 100-continue", "403 address_mismatch" },
        { "PUT /a|x-api-key: <key>|Content-Length: 0",                  "403 address_mismatch" },
        { "PATCH /a|x-api-key: <key>|Content-Length: 0",                "403 address_mismatch" },
        { "DELETE /a|x-api-key: <key>",                                 "403 address_mismatch" },
        { "OPTIONS /a|x-api-key: <key>",                                "403 address_mismatch" },
        { "OPTIONS /a|x-api-key: <key>|Origin: https://a.test|Access-Control-Request-Method: GET",
                                                                        "403 address_mismatch" },
        { "GET /a HTTP/1.0|x-api-key: <key>",                           "403 address_mismatch" },
        { "GET http://gateway.test/a|x-api-key: <key>",                 "403 address_mismatch" },
        { "GET /health/../a|x-api-key: <key>",                          "403 address_mismatch" },
        { "GET /%61|x-api-key: <key>",                                  "403 address_mismatch" },
        { "GET //a|x-api-key: <key>",                                   "403 address_mismatch" },
        { "GET /health/more|x-api-key: <key>",                          "403 address_mismatch" },
        { "OPTIONS *|x-api-key: <key>",                                 "403 address_mismatch" },
        { "GET /a#?key=decoy|x-api-key: <key>",                         "400 credential_conflict" },
        { "GET /a;v=1|x-api-key: <key>",                                "403 address_mismatch" },
        { "GET /a?x=\u0001|x-api-key: <key>",                           "400 bad_request" },
        { "GET http://other.test/a|x-api-key: <key>",                   "400" },
        { "GET /a|Host: other.test|x-api-key: <key>",                   "400" },
        { "GET /a|x-api-key: <key>| folded",                            "400" },
        { "GET /a|x-api-key : <key>",                                   "400" },
        { "GET /a|x-api-key: <key>|Upgrade: websocket, h2c|Connection: Upgrade", "403 address_mismatch" },
        { "GET /a|x-api-key: <key>|X-HTTP-Method-Override: OPTIONS",    "403 address_mismatch" },
        { "GET /a|x-api-key: <key>|X-Original-URL: /health",            "403 address_mismatch" },
        { "get /a|x-api-key: <key>",                                    "405 bad_request" },
        { "TRACE /a|x-api-key: <key>",                                  "405 bad_request" },
        { "CONNECT gateway.test:80|Host: gateway.test:80|x-api-key: <key>", "400" },
        { "CONNECT a.test:80|x-api-key: <key>",                         "400" },
        { "PROPFIND /a|x-api-key: <key>",                               "405 bad_request" },
        { "GET /a/..%2fhealth|x-api-key: <key>",                        "400 target_ambiguous" },
        { "GET /a%5c..%5chealth|x-api-key: <key>",                      "400 target_ambiguous" },
        { "GET /a/%252e%252e/health|x-api-key: <key>",                  "400 target_ambiguous" },
        { "GET /a/..;x/health|x-api-key: <key>",                        "400 target_ambiguous" },
        { "GET /%2568ealth|x-api-key: <key>",                           "400 target_ambiguous" },
        { "POST /a|x-api-key: <key>|Content-Length: 3|Transfer-Encoding: chunked", "400 bad_request" },

        // A WebSocket: the handshake is a request like any other, and each of its sub-protocols may be a key.
        { "GET /ws/echo|<ws>|Authorization: Bearer <key>",              "403 address_mismatch" },
        { "GET /ws/echo?key=<key>|<ws>",                                "403 address_mismatch" },
        { "GET //ws/google.ai?key=<key>|<ws>",                          "403 address_mismatch" },
        { "GET /ws/echo|<ws>|Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.<key>",
                                                                        "403 address_mismatch" },
        { "GET /ws/echo|<ws>|Sec-WebSocket-Protocol: openai-insecure-api-key.<upper>", "403 address_mismatch" },
        { "GET /ws/echo|<ws>|Sec-WebSocket-Protocol: <bare>",           "403 address_mismatch" },
        { "GET /ws/echo|<ws>|Sec-WebSocket-Protocol: realtime|Sec-WebSocket-Protocol: <key>",
                                                                        "403 address_mismatch" },
        { "GET /ws/echo|<ws>|Authorization: Bearer decoy|Sec-WebSocket-Protocol: openai-insecure-api-key.<key>",
                                                                        "400 credential_conflict" },
        { "POST /a|<ws>|x-api-key: <key>|Content-Length: 0",            "403 address_mismatch" },
        { "GET /a|Connection: Upgrade|Upgrade: h2c|x-api-key: <key>",   "403 address_mismatch" },
        { "GET /a|Connection: Upgrade|Upgrade: SPDY/3|x-api-key: <key>", "403 address_mismatch" },
    };
}
