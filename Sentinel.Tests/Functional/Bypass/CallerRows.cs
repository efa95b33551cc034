namespace Sentinel.Tests.Functional.Bypass;

/// <summary>
/// A stolen key with an address that is made up. Behind a trusted proxy that proxy adds <c>X-Real-IP</c> with the
/// thief's address at the end; without one the thief's address is the peer's.
/// </summary>
internal static class CallerRows
{
    public static readonly TheoryData<string, string> BehindProxy = new()
    {
        // forged headers, separated by |                  refusal
        { "X-Real-IP: <owner>",                            "403 caller_unknown" },
        { "X-Forwarded-For: <owner>",                      "403 caller_unknown" },
        { "X-Forwarded-For: <owner>, 127.0.0.1",           "403 caller_unknown" },
        { "X-Forwarded-For: <owner>, nonsense",            "403 caller_unknown" },
        { "X-Forwarded-For: <owner>,",                     "403 caller_unknown" },
        { "X-Forwarded-For: 203.0.113.007",                "403 caller_unknown" },
        { "X-Forwarded-For: <owner>, 198.51.100.9",        "403 address_mismatch" },
        { "X-Forwarded-For: <owner>|X-Forwarded-For: 198.51.100.9", "403 address_mismatch" },
        { "X-Forwarded-For: <owner>, ::ffff:198.51.100.9", "403 address_mismatch" },
        { "x-forwarded-for: <owner>, 198.51.100.9:443",    "403 address_mismatch" },
        { "Forwarded: for=<owner>",                        "403 address_mismatch" },
        { "True-Client-IP: <owner>",                       "403 address_mismatch" },
        { "CF-Connecting-IP: <owner>",                     "403 address_mismatch" },
        { "X-Client-IP: <owner>|X-Cluster-Client-IP: <owner>", "403 address_mismatch" },
        { "X-Sentinel-Caller: <owner>|X-Sentinel-Proxy: guess", "403 address_mismatch" },
        { "X-Forwarded-Host: <owner>|X-Forwarded-Proto: https", "403 address_mismatch" },
        { "X_Real_IP: <owner>",                            "400 bad_request" },
        { "X_Forwarded_For: <owner>",                      "400 bad_request" },
        { "Connection: X-Real-IP",                         "400 bad_request" },
        { "Connection: close, X-Real-IP",                  "400 bad_request" },
        { "Connection: keep-alive|Connection: X-Forwarded-For", "400 bad_request" },
    };

    public static readonly TheoryData<string, string> Direct = new()
    {
        // forged headers, separated by |                  refusal
        { "Accept: */*",                                   "403 address_mismatch" },
        { "X-Real-IP: 127.0.0.1",                          "403 address_mismatch" },
        { "X-Forwarded-For: 127.0.0.1",                    "403 address_mismatch" },
        { "X-Forwarded-For: 127.0.0.1|X-Real-IP: 127.0.0.1", "403 address_mismatch" },
        { "Forwarded: for=127.0.0.1;by=127.0.0.1",         "403 address_mismatch" },
        { "X-Sentinel-Proxy: x|X-Real-IP: 127.0.0.1",      "403 address_mismatch" },
        { "X-Real-IP: 127.0.0.1|Connection: close, X-Real-IP", "400 bad_request" },
    };
}
