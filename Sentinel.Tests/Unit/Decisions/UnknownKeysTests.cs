using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.Proxy.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class UnknownKeysTests
{
    private const int Entries = 100;

    private readonly HandClock _clock = new();
    private readonly UnknownKeys _keys;
    private readonly KeyFingerprint _key = The.Fingerprint;

    public UnknownKeysTests() =>
        _keys = new UnknownKeys(Options.Create(new DecisionOptions { UnknownKeyEntries = Entries }), _clock);

    [Fact]
    public void Key_is_unknown_for_a_second()
    {
        Note(_key);

        _clock.Advance(0.9);
        Assert.True(_keys.Contains(_key));

        _clock.Advance(0.2);
        Assert.False(_keys.Contains(_key));
    }

    [Fact]
    public void Key_that_becomes_known_is_unknown_no_more()
    {
        Note(_key);
        _keys.Drop(_key);

        Assert.False(_keys.Contains(_key));
    }

    [Fact]
    public void Who_read_before_a_key_became_known_does_not_make_it_unknown_again()
    {
        var reading = _keys.BeginReading();
        _keys.Drop(_key);
        _keys.Note(_key, reading, _clock.GetTimestamp());

        Assert.False(_keys.Contains(_key));
    }

    [Fact]
    public void Unknown_keys_are_bounded()
    {
        var keys = Enumerable.Range(0, 10 * Entries).Select(_ => The.Fingerprint).ToArray();
        foreach (var key in keys)
        {
            Note(key);
        }

        Assert.InRange(keys.Count(_keys.Contains), 1, Entries);
    }

    private void Note(KeyFingerprint key) => _keys.Note(key, _keys.BeginReading(), _clock.GetTimestamp());
}
