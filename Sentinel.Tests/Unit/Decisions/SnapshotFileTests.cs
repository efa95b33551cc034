using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class SnapshotFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sentinel-tests-");
    private readonly SnapshotFile _file;
    private readonly Binding _one = NewBinding(1, "203.0.113.7/32");
    private readonly Binding _two = NewBinding(2, "203.0.113.0/24", "2001:db8::/64");

    public SnapshotFileTests() => _file = NewFile();

    private string Path => System.IO.Path.Combine(_folder.FullName, "snapshot");

    [Fact]
    public void No_file_is_no_snapshot() => Assert.Null(_file.Read());

    [Fact]
    public void Bindings_come_back_as_they_were_with_the_time_of_their_truth()
    {
        _file.Rewrite([_one, _two], The.Moment);

        using var other = NewFile();
        var snapshot = other.Read()!;

        Assert.Equal(The.Moment.ToUnixTimeMilliseconds(), snapshot.ConfirmedAt.ToUnixTimeMilliseconds());
        Assert.Equal(2, snapshot.Bindings.Count);
        AssertKnows(snapshot, _one);
        AssertKnows(snapshot, _two);
    }

    [Fact]
    public void What_changed_since_replaces_what_was_written()
    {
        _file.Rewrite([_one, _two], The.Moment);
        var banned = _one with { State = BindingState.Banned, Version = 3 };
        var moved = _two with { Networks = [The.Network("198.51.100.0/24")], Version = 4 };

        _file.Append([.. SnapshotRecord.Of(banned), .. SnapshotRecord.Of(moved)], The.Moment.AddSeconds(1));
        AssertKnows(_file.Read()!, banned);
        AssertKnows(_file.Read()!, moved);

        _file.Append([SnapshotRecord.Gone(_one.Fingerprint, 5)], The.Moment.AddSeconds(2));
        _file.Append(SnapshotRecord.Of(_one), The.Moment.AddSeconds(3));
        Assert.DoesNotContain(_one.Fingerprint, _file.Read()!.Bindings.Keys);
    }

    [Fact]
    public void Any_changed_or_missing_byte_spoils_the_file()
    {
        _file.Rewrite([_one, _two], The.Moment);
        _file.Dispose();
        var sound = File.ReadAllBytes(Path);
        foreach (var i in Enumerable.Range(0, sound.Length).Where(it => it is < 56 or >= 128 && it % 5 == 0))
        {
            var changed = sound.ToArray();
            changed[i] ^= 1;
            File.WriteAllBytes(Path, changed);
            _ = Assert.Throws<InvalidDataException>(() => _file.Read());
            File.WriteAllBytes(Path, sound[..i]);
            _ = Assert.Throws<InvalidDataException>(() => _file.Read());
        }
    }

    [Fact]
    public void What_a_crash_kept_from_being_written_is_left_out()
    {
        _file.Rewrite([_one, _two], The.Moment);
        _file.Dispose();
        File.AppendAllText(Path, "half a record");

        Assert.Equal(2, _file.Read()!.Bindings.Count);
    }

    [Fact]
    public void Snapshot_of_another_secret_is_none()
    {
        _file.Rewrite([_one], The.Moment);
        using var other = new SnapshotFile(Path, "another secret of at least thirty-two bytes");

        _ = Assert.Throws<InvalidDataException>(other.Read);
    }

    [Fact]
    public void Only_this_user_may_read_it()
    {
        _file.Rewrite([_one], The.Moment);

        Assert.True(
            OperatingSystem.IsWindows()
            || File.GetUnixFileMode(Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Delete(recursive: true);
    }

    private SnapshotFile NewFile() => new(Path, The.HmacSecret);

    private static void AssertKnows(Snapshot snapshot, Binding binding)
    {
        var known = snapshot.Bindings[binding.Fingerprint];
        Assert.Equal<Network>(binding.Networks, known.Networks);
        Assert.Equal(binding with { Networks = known.Networks }, known);
    }

    private static Binding NewBinding(long version, params string[] networks) => new(
        Guid.NewGuid(), The.Fingerprint, "sk-…wxyz", BindingState.Active, [.. networks.Select(The.Network)], version);
}
