using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using Sentinel.Proxy.State;

namespace Sentinel.Proxy.Trail;

/// <summary>
/// What waits on disk for PostgreSQL, oldest first, in files that are deleted when all of them was taken. After a crash
/// a file is taken once more from its beginning, which changes nothing; what was being written then is left out.
/// </summary>
internal sealed class DiskSpool(StateFolder state, IOptions<TrailOptions> options) : IDisposable
{
    private const string Extension = ".spool";
    private const int SegmentSize = 8 << 20;
    private const int PrefixSize = sizeof(int);

    private readonly Lock _lock = new();
    private readonly SortedSet<long> _segments = [];
    private readonly string? _folder = state.Exists ? state.Folder("spool") : null;
    private FileStream? _writer;
    private long _position;
    private long _bytes;
    private bool _isOpen;

    /// <summary>How much there is.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                Open();
                return _bytes;
            }
        }
    }

    public bool IsEmpty => Bytes == 0;

    /// <summary>Keeps a batch, and returns when the disk has it.</summary>
    /// <returns>False if there is no folder, or no room left.</returns>
    public bool TryAppend(ReadOnlySpan<byte> batch)
    {
        lock (_lock)
        {
            Open();
            if (_folder is null || _bytes + PrefixSize + batch.Length > options.Value.SpoolBytes)
            {
                return false;
            }

            Span<byte> prefix = stackalloc byte[PrefixSize];
            BinaryPrimitives.WriteInt32LittleEndian(prefix, batch.Length);
            _writer ??= NewSegment();
            _writer.Write(prefix);
            _writer.Write(batch);
            _writer.Flush(flushToDisk: true);
            _bytes += PrefixSize + batch.Length;
            if (_writer.Length >= SegmentSize)
            {
                CloseWriter();
            }

            return true;
        }
    }

    /// <summary>The oldest batch; null if there is none.</summary>
    public byte[]? Peek()
    {
        lock (_lock)
        {
            Open();
            while (_segments.Count > 0)
            {
                if (ReadAt(_position) is { } batch)
                {
                    return batch;
                }

                DeleteOldest();
            }

            return null;
        }
    }

    /// <summary>Gives up the batch that was peeked at.</summary>
    public void Drop(byte[] batch)
    {
        lock (_lock)
        {
            _position += PrefixSize + batch.Length;
            if (_position >= new FileInfo(PathOf(_segments.Min)).Length)
            {
                DeleteOldest();
            }
        }
    }

    /// <summary>Waits for a batch that is being written: the host does not wait for its last flush for ever.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            CloseWriter();
        }
    }

    private void Open()
    {
        if (_isOpen || _folder is null)
        {
            return;
        }

        _isOpen = true;
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*" + Extension))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(file.Name), out var number))
            {
                _segments.Add(number);
                _bytes += file.Length;
            }
        }
    }

    private FileStream NewSegment()
    {
        var number = _segments.Count == 0 ? 1 : _segments.Max + 1;
        var stream = StateFolder.Create(PathOf(number));
        _segments.Add(number);
        return stream;
    }

    /// <summary>The batch that begins at a position; null where the file ends, or ends in the middle of one.</summary>
    private byte[]? ReadAt(long position)
    {
        using var file = new FileStream(PathOf(_segments.Min), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> prefix = stackalloc byte[PrefixSize];
        file.Position = position;
        if (file.ReadAtLeast(prefix, PrefixSize, throwOnEndOfStream: false) < PrefixSize)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length <= 0 || length > file.Length - file.Position)
        {
            return null;
        }

        var batch = new byte[length];
        file.ReadExactly(batch);
        return batch;
    }

    private void DeleteOldest()
    {
        var number = _segments.Min;
        if (number == _segments.Max)
        {
            CloseWriter();
        }

        var file = new FileInfo(PathOf(number));
        _bytes = Math.Max(0, _bytes - file.Length);
        file.Delete();
        _segments.Remove(number);
        _position = 0;
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private string PathOf(long number) => Path.Combine(_folder!, $"{number:D12}{Extension}");
}
