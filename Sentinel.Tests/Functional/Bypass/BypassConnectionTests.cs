using System.Net;
using System.Text.RegularExpressions;
using Sentinel.Core.Callers;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>What a connection was allowed before does not rub off on what comes after it on the same one.</summary>
public sealed partial class BypassConnectionTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static int _owners;

    private readonly ClientAddress _owner = The.Address($"203.0.113.{1 + (Interlocked.Increment(ref _owners) % 200)}");
    private readonly ClientAddress _thief = The.Address($"198.51.100.{1 + (_owners % 200)}");

    /// <summary>All at once on one connection; each | is the end of a line.</summary>
    public static TheoryData<string, string> Rows => new()
    {
        { "GET /a<v>|x-api-key: <own>||GET /a<v>|x-api-key: <key>",                                "200, 403" },
        { "GET /a<v>|x-api-key: <key>||GET /a<v>|x-api-key: <own>",                                "403, 200" },
        { "GET /a<v>|api-key: <own>||GET /a<v>|api-key: <upper>||GET /a<v>|api-key: <own>",        "200, 403, 200" },
        { "GET /a<v>|x-api-key: <own>||GET /a?key=<bare><v>",                                      "200, 403" },
        { "GET /a<v>|x-api-key: <own>||HEAD /a<v>|Authorization: Bearer <key>",                    "200, 403" },
        { "GET /a<v>|x-api-key: <own>|x-script: slow-start-300ms||GET /a<v>|x-api-key: <key>",     "200, 403" },
        { "GET /a<v>|x-api-key: <own>|x-script: status-401||GET /a<v>|x-api-key: <key>",           "401, 403" },
        { "GET /a<v>|x-api-key: <own>||GET /a<v>",                                                 "200, 401" },
        { "OPTIONS /a<v>|Origin: https://a.test|Access-Control-Request-Method: GET||GET /a?key=<key><v>", "200, 403" },
        { "POST /a<v>|x-api-key: <own>|Content-Length: 5||12345GET /a<v>|x-api-key: <key>",        "200, 403" },
        { "POST /a<v>|x-api-key: <own>|Transfer-Encoding: chunked||5|12345|0||GET /a<v>|api-key: <key>", "200, 403" },
        { "POST /a<v>|x-api-key: <key>|Content-Length: 5||12345GET /a<v>|x-api-key: <own>",        "403, 200" },
        { "GET /a<v>|x-api-key: <own>||GET /a<v>|X-Real-IP: <owner>|x-api-key: <key>",             "200, 403" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Stolen_key_does_not_follow_another_through_on_its_connection(string row, string answers)
    {
        var (key, own) = (The.Key, The.Key);
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, _owner));
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(own, _thief));
        using var client = new RawClient(world.Proxy);

        await client.SendAsync(Thief.Dress(row, key)
            .Replace("<own>", own, StringComparison.Ordinal)
            .Replace("<owner>", $"{_owner}", StringComparison.Ordinal)
            .Replace("<v>", $" HTTP/1.1|Host: a|X-Real-IP: {_thief}", StringComparison.Ordinal)
            .Replace("|", "\r\n", StringComparison.Ordinal) + "\r\nConnection: close\r\n\r\n");

        var answer = await client.ReadAnswerAsync();
        Assert.Equal(answers, string.Join(", ", Status().Matches(answer).Select(match => match.Groups[1].Value)));
        Assert.Equal(1, await world.CameThroughAsync(key));
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, _owner));
    }

    [GeneratedRegex(@"HTTP/1\.1 (\d{3}) ")]
    private static partial Regex Status();
}
