using Microsoft.Extensions.Options;

namespace Sentinel.Tests.Unit.Decisions;

/// <summary>Options that nobody changes.</summary>
internal sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
