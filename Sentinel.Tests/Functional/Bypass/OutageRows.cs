namespace Sentinel.Tests.Functional.Bypass;

/// <summary>A stolen key while stores are away.</summary>
internal static class OutageRows
{
    /// <summary>
    /// What everybody is answered who comes from elsewhere: with a key that this replica remembers, and with one that
    /// it has never seen. Only what nobody can decide on is left to the setting.
    /// </summary>
    public static readonly TheoryData<string, string, string, string> All = new()
    {
        // failsafe  away              a remembered key            a key bound elsewhere
        { "closed",  "redis",          "403 address_mismatch",     "403 address_mismatch" },
        { "closed",  "postgres",       "403 address_mismatch",     "503 store_unavailable" },
        { "closed",  "redis postgres", "503 store_unavailable",    "503 store_unavailable" },
        { "frozen",  "redis",          "403 address_mismatch",     "403 address_mismatch" },
        { "frozen",  "postgres",       "403 address_mismatch",     "403 address_mismatch" },
        { "frozen",  "redis postgres", "403 address_mismatch",     "403 address_mismatch" },
        { "open",    "redis",          "403 address_mismatch",     "403 address_mismatch" },
        { "open",    "postgres",       "403 address_mismatch",     "403 address_mismatch" },
        { "open",    "redis postgres", "403 address_mismatch",     "403 address_mismatch" },
    };

    /// <summary>The ways that are tried in each; none is answered differently.</summary>
    public static readonly string[] Presentations =
    [
        "GET /a|Authorization: Bearer <key>",
        "GET /a|Authorization: <upper>",
        "POST /a|x-api-key: <key>|Content-Length: 0",
        "HEAD /a|api-key: <bare>",
        "GET /a|x-goog-api-key: <bare>-7",
        "GET /a?key=<key>",
        "GET /a?%6bEY=<bare>",
        "GET /ws/echo|<ws>|Authorization: Bearer <key>",
        "GET /ws/echo|<ws>|Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.<key>",
        "GET /a|Authorization: Bearer <key>|True-Client-IP: <owner>",
    ];
}
