using Microsoft.Extensions.Options;

namespace Sentinel.Proxy.State;

/// <summary>The folder of this replica. Nobody else may look into it, and no other replica may use it.</summary>
internal sealed partial class StateFolder : IDisposable
{
    private const UnixFileMode Private =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string? _root;
    private readonly FileStream? _lock;

    public StateFolder(IOptions<StateOptions> options, ILogger<StateFolder> logger)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Directory))
        {
            Log.None(logger);
            return;
        }

        _root = NewFolder(Path.GetFullPath(options.Value.Directory));
        _lock = Lock(Path.Combine(_root, "lock"));
    }

    /// <summary>Whether there is a folder.</summary>
    public bool Exists => _root is not null;

    /// <summary>A file in it.</summary>
    public string File(string name) => Path.Combine(Root, name);

    /// <summary>A folder in it.</summary>
    public string Folder(string name) => NewFolder(Path.Combine(Root, name));

    /// <summary>Opens a file that only this user may read.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    public void Dispose() => _lock?.Dispose();

    private string Root => _root ?? throw new InvalidOperationException("There is no state folder.");

    private static string NewFolder(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Private))
        .FullName;

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new InvalidOperationException(
                $"Another replica uses {Path.GetDirectoryName(path)}. Set SENTINEL_STATE_DIR to a folder of its own.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "SENTINEL_STATE_DIR is not set: what neither PostgreSQL nor Redis takes is kept in memory only.")]
        public static partial void None(ILogger logger);
    }
}
