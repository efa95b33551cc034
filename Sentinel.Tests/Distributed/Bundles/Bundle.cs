using Sentinel.Tests.Conventions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed.Bundles;

/// <summary>
/// What <c>./sentinel bundle</c> makes, without the code compiled ahead of time, which changes nothing but the speed of
/// the start.
/// </summary>
public sealed class Bundle : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();

    public async ValueTask InitializeAsync() => await ServerProcess.RunAsync(
        Path.Combine(Tree.Root, "sentinel"), "bundle", "-o", _folder.FullName, "--no-ready-to-run");

    /// <summary>A file of the bundle.</summary>
    public string PathOf(params string[] names) => Path.Combine([_folder.FullName, .. names]);

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
