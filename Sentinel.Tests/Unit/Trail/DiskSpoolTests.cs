using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sentinel.Proxy.State;
using Sentinel.Proxy.Trail;

namespace Sentinel.Tests.Unit.Trail;

public sealed class DiskSpoolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sentinel-tests-");
    private StateFolder _state;
    private DiskSpool _spool;

    public DiskSpoolTests() => (_state, _spool) = Open();

    [Fact]
    public void Batches_come_back_in_order_and_leave_nothing_behind()
    {
        Append(1, 2, 3);

        Assert.Equal<byte>([1, 2, 3], TakeAll());
        Assert.True(_spool.IsEmpty);
        Assert.Empty(Files());
    }

    [Fact]
    public void What_comes_while_others_are_taken_comes_after_them()
    {
        Append(1, 2);
        Assert.Equal<byte?>(1, Take());
        Append(3);

        Assert.Equal<byte>([2, 3], TakeAll());
    }

    [Fact]
    public void Batches_outlive_the_process()
    {
        Append(1, 2);
        Reopen();
        Append(3);
        Reopen();

        Assert.False(_spool.IsEmpty);
        Assert.Equal<byte>([1, 2, 3], TakeAll());
    }

    [Fact]
    public void Batch_that_was_being_written_in_a_crash_is_left_out_and_those_around_it_are_not()
    {
        Append(1, 2);
        var file = Files().Single();
        Reopen(() =>
        {
            using var stream = file.OpenWrite();
            stream.SetLength(file.Length - 3);
        });
        Append(3);

        Assert.Equal<byte>([1, 3], TakeAll());
        Assert.True(_spool.IsEmpty);
    }

    [Fact]
    public void Large_spool_is_many_files_of_which_taken_ones_are_deleted()
    {
        for (byte i = 0; i < 20; i++)
        {
            Assert.True(_spool.TryAppend(Batch(i, 1 << 20)));
        }

        Assert.Equal(3, Files().Length);
        for (byte i = 0; i < 10; i++)
        {
            Assert.Equal<byte?>(i, Take());
        }

        Assert.Equal(2, Files().Length);
        Assert.Equal(Files().Sum(file => file.Length), _spool.Bytes);
    }

    [Fact]
    public void Full_spool_takes_nothing_until_there_is_room()
    {
        _spool.Dispose();
        _spool = new DiskSpool(_state, Options.Create(new TrailOptions { SpoolBytes = 250 }));
        Assert.True(_spool.TryAppend(Batch(1, 100)));
        Assert.True(_spool.TryAppend(Batch(2, 100)));
        Assert.False(_spool.TryAppend(Batch(3, 100)));

        Assert.Equal<byte>([1, 2], TakeAll());

        Assert.True(_spool.TryAppend(Batch(4, 100)));
    }

    [Fact]
    public void Without_a_folder_nothing_is_taken()
    {
        using var nowhere = new StateFolder(
            Options.Create(new StateOptions()), NullLogger<StateFolder>.Instance);
        using var spool = new DiskSpool(nowhere, Options.Create(new TrailOptions()));

        Assert.False(spool.TryAppend(Batch(1, 1)));
        Assert.Null(spool.Peek());
    }

    [Fact]
    public void Folder_of_another_replica_is_refused() => Assert.Contains(
        "SENTINEL_STATE_DIR", Assert.Throws<InvalidOperationException>(() => Open()).Message);

    public void Dispose()
    {
        _spool.Dispose();
        _state.Dispose();
        _folder.Delete(recursive: true);
    }

    private (StateFolder State, DiskSpool Spool) Open()
    {
        var state = new StateFolder(
            Options.Create(new StateOptions { Directory = _folder.FullName }), NullLogger<StateFolder>.Instance);
        return (state, new DiskSpool(state, Options.Create(new TrailOptions())));
    }

    private void Reopen(Action? meanwhile = null)
    {
        _spool.Dispose();
        _state.Dispose();
        meanwhile?.Invoke();
        (_state, _spool) = Open();
    }

    private static byte[] Batch(byte name, int size)
    {
        var batch = new byte[size];
        batch[0] = name;
        return batch;
    }

    private void Append(params byte[] names) =>
        Assert.All(names, name => Assert.True(_spool.TryAppend(Batch(name, 10))));

    private byte? Take()
    {
        if (_spool.Peek() is not { } batch)
        {
            return null;
        }

        _spool.Drop(batch);
        return batch[0];
    }

    private List<byte> TakeAll()
    {
        List<byte> names = [];
        while (Take() is { } name)
        {
            names.Add(name);
        }

        return names;
    }

    private FileInfo[] Files() => [.. new DirectoryInfo(Path.Combine(_folder.FullName, "spool")).GetFiles()];
}
