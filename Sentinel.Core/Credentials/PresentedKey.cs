namespace Sentinel.Core.Credentials;

/// <summary>
/// The key of one request, as a part of the header or query value it came in, so that the warm path copies nothing.
/// It cannot be printed by accident.
/// </summary>
public readonly struct PresentedKey
{
    private readonly string _carrier;
    private readonly int _start;
    private readonly int _length;

    /// <param name="carrier">The value of the carrier.</param>
    /// <param name="start">Where the forwarded spelling of the key begins in it.</param>
    /// <param name="length">How long that spelling is.</param>
    public PresentedKey(string carrier, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(carrier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)carrier.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(carrier.Length - start));
        (_carrier, _start, _length) = (carrier, start, length);
    }

    /// <summary>The spelling that is written into the carrier for downstream.</summary>
    public ReadOnlySpan<char> Forwarded => _carrier.AsSpan(_start, _length);

    public override string ToString() => "[key]";
}
