using Sentinel.Tests.Conventions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed.Bundles;

/// <summary>
/// What <c>./sentinel bundle</c> makes for a cautious operator, without the code compiled ahead of time, which changes
/// nothing but the speed of the start.
/// </summary>
public sealed class Bundle : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();

    public async ValueTask InitializeAsync() => await ServerProcess.RunAsync(
        "sh", "-c", "umask 077; exec \"$0\" bundle -o \"$1\" --no-ready-to-run",
        Path.Combine(Tree.Root, "sentinel"), PathOf());

    /// <summary>A file of the bundle.</summary>
    public string PathOf(params string[] names) => Path.Combine([_folder.FullName, "a bundle", .. names]);

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
