using Sentinel.Core.Credentials;

namespace Sentinel.Core.Trail;

/// <summary>
/// For whom refusals are counted, and about whom alerts are silent: a binding, whatever its key is called since its
/// secret was rotated, or a key that has none.
/// </summary>
public readonly record struct AlertSubject
{
    private readonly Guid? _binding;
    private readonly KeyFingerprint _key;

    public AlertSubject(KeyFingerprint key, Guid? bindingId) =>
        (_key, _binding) = bindingId is null ? (key, bindingId) : (default, bindingId);

    public byte[] ToByteArray() => _binding?.ToByteArray() ?? _key.ToByteArray();

    /// <summary>Hexadecimal, lower case.</summary>
    public override string ToString() => _binding?.ToString("N") ?? _key.ToString();
}
