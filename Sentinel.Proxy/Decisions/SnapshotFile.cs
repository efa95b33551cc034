using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.State;

namespace Sentinel.Proxy.Decisions;

/// <summary>What a snapshot says, and when it was last known to be true.</summary>
internal sealed record Snapshot(DateTimeOffset ConfirmedAt, IReadOnlyDictionary<KeyFingerprint, Binding> Bindings);

/// <summary>
/// The snapshot on disk. Each record is authenticated together with the one before it, and the head says how many there
/// are at least and when they were last known to be true: nothing can be changed, moved, taken out or cut off unseen.
/// </summary>
/// <param name="path">Where it is.</param>
/// <param name="secrets">The one to write with first; what was written with another of them is read too.</param>
internal sealed class SnapshotFile(string path, params IReadOnlyList<string> secrets) : IDisposable
{
    private const int MacSize = 16;
    private const int Stride = SnapshotRecord.Size + MacSize;
    private const int HeadContent = 40;
    private static readonly byte[] _magic = "SENTSNP1"u8.ToArray();

    private readonly byte[][] _keys =
    [
        .. secrets.Select(secret => HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), HMACSHA256.HashSizeInBytes,
            info: "sentinel snapshot"u8.ToArray())),
    ];

    private FileStream? _file;
    private byte[] _tip = new byte[MacSize];

    /// <summary>How many records there are.</summary>
    public long Count { get; private set; }

    /// <summary>Begins anew with these bindings, whole or not at all.</summary>
    public void Rewrite(IEnumerable<Binding> bindings, DateTimeOffset now)
    {
        Dispose();
        var draft = path + ".new";
        (_file, _tip, Count) = (StateFolder.Create(draft), new byte[MacSize], 0);
        _file.SetLength(Stride);
        Append(bindings.SelectMany(SnapshotRecord.Of), now);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Adds what changed since, and confirms all of it.</summary>
    public void Append(IEnumerable<SnapshotRecord> records, DateTimeOffset now)
    {
        _file!.Position = Stride * (Count + 1);
        var record = new byte[Stride];
        foreach (var next in records)
        {
            next.Write(record);
            _tip = Mac(_keys[0], _tip, record.AsSpan(..SnapshotRecord.Size));
            _tip.CopyTo(record, SnapshotRecord.Size);
            _file.Write(record);
            Count++;
        }

        // The records first: a head that promises more than there is would spoil all of them.
        _file.Flush(flushToDisk: true);
        _file.Position = 0;
        _file.Write(Head(now));
        _file.Flush(flushToDisk: false);
    }

    /// <summary>What the file says; null if there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut, or was not written under this secret.</exception>
    public Snapshot? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var head = new byte[Stride];
        Check(file.ReadAtLeast(head, Stride, throwOnEndOfStream: false) == Stride);
        Check(head.AsSpan(..8).SequenceEqual(_magic));
        var key = _keys.FirstOrDefault(key => CryptographicOperations.FixedTimeEquals(
            head.AsSpan(HeadContent, MacSize), Mac(key, [], head.AsSpan(..HeadContent))));
        Check(key is not null);
        var count = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(16));
        var confirmedAt = DateTimeOffset.FromUnixTimeMilliseconds(
            BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(8)));
        return new Snapshot(confirmedAt, ReadRecords(file, key!, count, head.AsSpan(24, MacSize).ToArray()));
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static Dictionary<KeyFingerprint, Binding> ReadRecords(
        FileStream file, byte[] key, long count, byte[] promisedTip)
    {
        var (bindings, versions) = (new Dictionary<KeyFingerprint, Binding>(), new Dictionary<KeyFingerprint, long>());
        var (record, tip) = (new byte[Stride], new byte[MacSize]);
        for (long i = 0; ; i++)
        {
            Check(i != count || tip.AsSpan().SequenceEqual(promisedTip));
            var isWhole = file.ReadAtLeast(record, Stride, throwOnEndOfStream: false) == Stride;
            tip = Mac(key, tip, record.AsSpan(..SnapshotRecord.Size));
            if (!isWhole || !CryptographicOperations.FixedTimeEquals(tip, record.AsSpan(SnapshotRecord.Size)))
            {
                // Behind what was promised, it is what a crash kept from being written.
                Check(i >= count);
                return bindings;
            }

            Take(SnapshotRecord.Read(record), bindings, versions);
        }
    }

    private static void Take(
        SnapshotRecord record, Dictionary<KeyFingerprint, Binding> bindings, Dictionary<KeyFingerprint, long> versions)
    {
        var known = versions.GetValueOrDefault(record.Fingerprint, long.MinValue);
        if (record.Version < known)
        {
            return;
        }

        versions[record.Fingerprint] = record.Version;
        if (record is not { State: { } state, Network: { } network })
        {
            _ = bindings.Remove(record.Fingerprint);
            return;
        }

        var binding = bindings.GetValueOrDefault(record.Fingerprint);
        if (binding is null || binding.Version != record.Version)
        {
            binding = new Binding(record.Id, record.Fingerprint, record.Hint, state, [], record.Version);
        }

        bindings[record.Fingerprint] = binding.Networks.Contains(network)
            ? binding
            : binding with { Networks = [.. binding.Networks, network] };
    }

    private byte[] Head(DateTimeOffset now)
    {
        var head = new byte[Stride];
        _magic.CopyTo(head, 0);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8), now.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(16), Count);
        _tip.CopyTo(head, 24);
        Mac(_keys[0], [], head.AsSpan(..HeadContent)).CopyTo(head, HeadContent);
        return head;
    }

    private static byte[] Mac(byte[] key, ReadOnlySpan<byte> before, ReadOnlySpan<byte> content) =>
        HMACSHA256.HashData(key, (byte[])[.. before, .. content])[..MacSize];

    private static void Check(bool isSound)
    {
        if (!isSound)
        {
            throw new InvalidDataException("The snapshot is damaged, cut, or was written under another secret.");
        }
    }
}
