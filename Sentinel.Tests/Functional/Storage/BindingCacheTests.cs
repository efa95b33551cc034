using Sentinel.Core.Decisions;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;
using StackExchange.Redis;

namespace Sentinel.Tests.Functional.Storage;

public sealed class BindingCacheTests(StoresOfClass stores) : IClassFixture<StoresOfClass>
{
    private readonly BindingCache _cache = stores.Host.Get<BindingCache>();
    private readonly Binding _binding = new(
        Guid.NewGuid(), The.Fingerprint, "sk-…wxyz", BindingState.Active,
        [The.Network("203.0.113.0/24"), The.Network("2001:db8::/64")], Version: 10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IDatabase Redis => stores.Host.Get<IConnectionMultiplexer>().GetDatabase();

    [Fact]
    public async Task What_was_remembered_is_found_and_what_was_not_is_a_miss()
    {
        await _cache.SetAsync(_binding, Cancel);

        Assert.Equivalent(_binding, await _cache.GetAsync(_binding.Fingerprint, Cancel));
        Assert.Null(await _cache.GetAsync(The.Fingerprint, Cancel));
    }

    [Fact]
    public async Task Older_version_never_replaces_a_newer_one()
    {
        await _cache.SetAsync(_binding with { Version = 11, State = BindingState.Banned }, Cancel);

        await _cache.SetAsync(_binding, Cancel);

        Assert.Equal(BindingState.Banned, (await _cache.GetAsync(_binding.Fingerprint, Cancel))!.State);
    }

    [Fact]
    public async Task Removed_binding_is_not_brought_back_by_a_replica_that_read_it_before()
    {
        await _cache.SetAsync(_binding, Cancel);
        await _cache.RemoveAsync(_binding.Fingerprint, 11, Cancel);

        await _cache.SetAsync(_binding, Cancel);
        Assert.Null(await _cache.GetAsync(_binding.Fingerprint, Cancel));

        await _cache.SetAsync(_binding with { Version = 12 }, Cancel);
        Assert.NotNull(await _cache.GetAsync(_binding.Fingerprint, Cancel));
    }

    [Fact]
    public async Task Claim_is_not_remembered()
    {
        await _cache.SetAsync(_binding with { State = BindingState.Claimed }, Cancel);

        Assert.Null(await _cache.GetAsync(_binding.Fingerprint, Cancel));
    }

    [Fact]
    public async Task Entry_that_was_moved_from_another_key_or_edited_is_a_miss()
    {
        await _cache.SetAsync(_binding, Cancel);
        var entry = (byte[])(await Redis.HashGetAsync(KeyOf(_binding), "entry"))!;
        var other = _binding with { Fingerprint = The.Fingerprint };
        _ = await Redis.HashSetAsync(KeyOf(other), "entry", entry);
        byte[] edited = [.. entry[..^1], (byte)(entry[^1] ^ 1)];
        _ = await Redis.HashSetAsync(KeyOf(_binding), "entry", edited);

        Assert.Null(await _cache.GetAsync(other.Fingerprint, Cancel));
        Assert.Null(await _cache.GetAsync(_binding.Fingerprint, Cancel));
    }

    [Fact]
    public async Task Entries_expire()
    {
        await _cache.SetAsync(_binding, Cancel);

        Assert.InRange((await Redis.KeyTimeToLiveAsync(KeyOf(_binding)))!.Value.TotalHours, 23, 24);
    }

    private static RedisKey KeyOf(Binding binding) => $"sentinel:binding:{binding.Fingerprint}";
}
