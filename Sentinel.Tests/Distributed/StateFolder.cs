namespace Sentinel.Tests.Distributed;

/// <summary>
/// A state folder of a stack's own, so that it meets neither another stack nor a developer's settings.
/// </summary>
public sealed class StateFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sentinel-test-");

    public StateFolder()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The server of PostgreSQL runs as another user when the tests run as root, and has to find its folder.
            _folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }
    }

    /// <summary>The arguments by which an AppHost uses this folder.</summary>
    public string[] Settings => [$"--Sentinel:StateDir={_folder.FullName}", "--Sentinel:EnvFile=none"];

    public string Path => _folder.FullName;

    public string Secret(string name) =>
        File.ReadAllText(System.IO.Path.Combine(_folder.FullName, "secrets", name)).Trim();

    public void Dispose() => _folder.Delete(recursive: true);
}
