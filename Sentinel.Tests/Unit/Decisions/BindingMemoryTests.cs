using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class BindingMemoryTests
{
    private const int Entries = 100;

    private readonly HandClock _clock = new();
    private readonly BindingMemory _memory;
    private readonly KeyFingerprint _key = The.Fingerprint;

    public BindingMemoryTests()
    {
        var options = Options.Create(new DecisionOptions { MemoryEntries = Entries });
        _memory = new BindingMemory(options, new ChangeWatch(_clock));
    }

    [Fact]
    public void Newer_version_replaces_an_older_one()
    {
        Remember(_key, version: 1);
        Remember(_key, version: 2);

        Assert.Equal(2, VersionOf(_key));
    }

    [Fact]
    public void Older_version_never_replaces_a_newer_one()
    {
        Remember(_key, version: 2);
        Remember(_key, version: 1);

        Assert.Equal(2, VersionOf(_key));
    }

    [Fact]
    public void What_was_rung_for_cannot_be_brought_back_by_who_read_before()
    {
        Remember(_key, version: 1);
        _memory.Forget(_key, version: 2);
        Remember(_key, version: 1);

        Assert.Null(VersionOf(_key));
    }

    [Fact]
    public void Ring_for_what_is_known_already_takes_nothing_away()
    {
        Remember(_key, version: 2);
        _memory.Forget(_key, version: 2);

        Assert.Equal(2, VersionOf(_key));
    }

    [Fact]
    public void Same_version_read_again_is_as_young_as_its_last_reading()
    {
        Remember(_key, version: 1);
        _clock.Advance(0.8);
        Remember(_key, version: 1);
        _clock.Advance(0.8);

        Assert.Equal(1, VersionOf(_key));
    }

    [Fact]
    public void What_cannot_be_trusted_any_more_is_still_the_last_that_was_known()
    {
        Remember(_key, version: 1);
        _clock.Advance(5);

        Assert.Null(VersionOf(_key));
        Assert.Equal(1, _memory.RecallLastKnown(_key)?.Version);
    }

    [Fact]
    public void Memory_is_bounded_and_keeps_what_is_used()
    {
        Remember(_key, version: 1);
        for (var i = 0; i < 20 * Entries; i++)
        {
            Remember(The.Fingerprint, version: 1);
            Assert.Equal(1, VersionOf(_key));
        }

        Assert.InRange(_memory.Count, 1, Entries + 2);
    }

    [Fact]
    public void Recalling_allocates_nothing()
    {
        Remember(_key, version: 1);
        _ = VersionOf(_key);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            _ = _memory.TryRecall(_key, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Remember(KeyFingerprint key, long version)
    {
        var network = The.Caller.ToNetwork(32, 64);
        var binding = new Binding(Guid.Empty, key, "…", BindingState.Active, [network], version);
        _memory.Remember(binding, _clock.GetTimestamp());
    }

    private long? VersionOf(KeyFingerprint key) =>
        _memory.TryRecall(key, out var binding) ? binding.Version : null;
}
