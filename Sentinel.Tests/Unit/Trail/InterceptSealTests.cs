using Sentinel.Core.Trail;
using Sentinel.Storage.Spool;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Trail;

public sealed class InterceptSealTests
{
    private readonly InterceptSeal _seal = new(The.HmacSecret);

    [Fact]
    public void Refusals_come_back_as_they_were()
    {
        Intercept[] batch = [NewIntercept() with { Count = 7 }, NewIntercept() with { Caller = null }];

        var opened = _seal.Open(_seal.Seal(batch));

        Assert.Equal(batch.Select(Text), opened!.Select(Text));
    }

    [Fact]
    public void What_was_changed_cut_or_sealed_by_others_is_not_opened()
    {
        var batch = _seal.Seal([NewIntercept()]);
        var changed = batch.ToArray();
        changed[^5] ^= 1;

        Assert.Null(_seal.Open(changed));
        Assert.Null(_seal.Open(batch.AsSpan(..^1)));
        Assert.Null(_seal.Open([]));
        Assert.Null(new InterceptSeal("another secret of at least thirty-two bytes").Open(batch));
    }

    /// <summary>Lists are compared by what is in them.</summary>
    private static string Text(Intercept it) => $"{it with { Networks = [] }} {string.Join(',', it.Networks)}";

    private static Intercept NewIntercept() => new(
        Guid.CreateVersion7(), The.Moment, "address_mismatch", "sk-…wxyz", The.Fingerprint, Guid.NewGuid(),
        The.Stranger, "POST", "/v1/chat/completions", "curl/8 \"é\"", "request", "trace", "default", Observed: true)
    {
        Networks = [The.Network("203.0.113.0/24"), The.Network("2001:db8::/64")],
    };
}
