using System.Buffers.Binary;
using System.Net;
using System.Text;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// One network of one binding in 112 bytes, so that no record says where the next one begins. A binding with several
/// networks is several records in a row; one that is gone, or of which only a change is known, is a record without any.
/// </summary>
internal readonly record struct SnapshotRecord(
    KeyFingerprint Fingerprint, long Version, Guid Id, BindingState? State, string Hint, Network? Network)
{
    public const int Size = 112;

    private const byte Nothing = 255;
    private const int LongestHint = 32;

    /// <summary>What there is to know of a binding, under each name of its key.</summary>
    public static IEnumerable<SnapshotRecord> Of(Binding binding) =>
        binding.Names.SelectMany(name => Of(binding, name));

    /// <summary>Says that whatever was known up to a version is known no more.</summary>
    public static SnapshotRecord Gone(KeyFingerprint fingerprint, long version) =>
        new(fingerprint, version, Guid.Empty, State: null, "", Network: null);

    private static IEnumerable<SnapshotRecord> Of(Binding binding, KeyFingerprint name) =>
        binding.Networks.Select(network => new SnapshotRecord(
            name, binding.Version, binding.Id, binding.State, binding.Hint, network));

    public void Write(Span<byte> record)
    {
        record.Clear();
        Fingerprint.ToByteArray().CopyTo(record);
        _ = Id.TryWriteBytes(record[32..]);
        BinaryPrimitives.WriteInt64LittleEndian(record[48..], Version);
        record[56] = State is { } state ? (byte)state : Nothing;
        if (Network is { } network)
        {
            var address = network.Address.ToIPAddress().GetAddressBytes();
            (record[57], record[58]) = ((byte)address.Length, (byte)network.Prefix);
            address.CopyTo(record[64..]);
        }

        var hint = Encoding.UTF8.GetBytes(Hint);
        if (hint.Length <= LongestHint)
        {
            record[59] = (byte)hint.Length;
            hint.CopyTo(record[80..]);
        }
    }

    public static SnapshotRecord Read(ReadOnlySpan<byte> record) => new(
        new KeyFingerprint(record[..32]),
        BinaryPrimitives.ReadInt64LittleEndian(record[48..]),
        new Guid(record[32..48]),
        record[56] == Nothing ? null : (BindingState)record[56],
        Encoding.UTF8.GetString(record.Slice(80, record[59])),
        record[57] == 0
            ? null
            : Core.Callers.Network.From(new IPNetwork(new IPAddress(record.Slice(64, record[57])), record[58])));
}
