using System.Net;
using Microsoft.AspNetCore.Http;
using Sentinel.Core.Callers;
using Sentinel.Proxy.Callers;
using Sentinel.ServiceDefaults.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Callers;

/// <summary>What is noted for the doctor costs the requests nothing.</summary>
public sealed class ChainWatchTests
{
    private static readonly CallerRules _rules = new([The.Network("10.0.0.0/8")]);

    private readonly ClientAddressResolver _callers = new(() => _rules);
    private readonly ChainWatch _watch = new(null!, TimeProvider.System);

    [Fact]
    public void A_chain_that_was_just_seen_costs_no_allocation()
    {
        var context = Request("10.0.0.1", "203.0.113.7", "203.0.113.7");
        Note(context);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Note(context);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_stranger_who_makes_headers_up_leaves_one_chain()
    {
        for (var i = 0; i < 100; i++)
        {
            Note(Request("198.51.100.9", $"192.0.2.{i}", $"192.0.2.{i}, 192.0.2.1"));
        }

        Assert.Equal(1, _watch.Waiting);
    }

    [Fact]
    public void Chains_that_wait_are_bounded()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Note(Request("10.0.0.1", $"203.0.{i / 200}.{i % 200}", ""));
        }

        Assert.Equal(50, _watch.Waiting);
    }

    private static DefaultHttpContext Request(string peer, string realIp, string forwardedFor)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Headers["X-Real-IP"] = realIp;
        if (forwardedFor.Length > 0)
        {
            context.Request.Headers["X-Forwarded-For"] = forwardedFor;
        }

        return context;
    }

    private void Note(HttpContext context) => _watch.Note(context, _callers.Resolve(context));
}
