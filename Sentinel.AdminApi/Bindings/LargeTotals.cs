using Microsoft.Extensions.Caching.Memory;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

/// <summary>
/// Remembers for a while what matched so much that its total is only estimated: whoever turns its pages does not count
/// to ten thousand at each. A total that is shown as exact is never remembered.
/// </summary>
internal sealed class LargeTotals : IDisposable
{
    private const int MaxFilters = 1_000;
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _filters = new(new MemoryCacheOptions { SizeLimit = MaxFilters });

    public bool Knows(BindingFilter filter) => _filters.TryGetValue(KeyOf(filter), out _);

    public void Add(BindingFilter filter) =>
        _filters.Set(
            KeyOf(filter), true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = _lifetime });

    public void Dispose() => _filters.Dispose();

    // What is asked for, whichever page of it and in whichever order.
    private static object KeyOf(BindingFilter filter) => (filter.State, filter.Text, filter.Network);
}
