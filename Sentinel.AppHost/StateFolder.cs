using System.Text;

namespace Sentinel.AppHost;

/// <summary>Where one stack keeps what is its own; another stack (a test run) has another folder.</summary>
internal sealed class StateFolder
{
    private readonly FileStream? _lock;

    private StateFolder(string root, bool held)
    {
        Root = root;
        if (held)
        {
            _lock = Lock(File("run", "lock"));
            HasCrashed = _lock.Length > 0;
            _lock.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            _lock.Flush();
        }
    }

    public string Root { get; }

    /// <summary>Whether the last run was killed: otherwise it would have emptied its lock.</summary>
    public bool HasCrashed { get; }

    public string StatusFile => File("run", "status.json");

    public string SettingsFile => File("run", "stack.env");

    public static StateFolder Of(IDistributedApplicationBuilder builder) =>
        (StateFolder)builder.Services
            .Last(service => service.ServiceType == typeof(StateFolder))
            .ImplementationInstance!;

    public static StateFolder Open(IDistributedApplicationBuilder builder)
    {
        var root = Path.GetFullPath(Path.Combine(
            builder.AppHostDirectory, "..", builder.Configuration["Sentinel:StateDir"] ?? ".sentinel"));
        Directory.CreateDirectory(root);
        return new StateFolder(root, builder.ExecutionContext.IsRunMode);
    }

    public string File(params string[] names)
    {
        var path = Path.Combine([Root, .. names]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>The run ends as it should.</summary>
    public void Leave()
    {
        System.IO.File.Delete(StatusFile);
        System.IO.File.Delete(SettingsFile);
        _lock?.SetLength(0);
    }

    /// <summary>Writes what only this user may read, whole or not at all.</summary>
    public static void WritePrivate(string path, string content)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(content);
        }

        System.IO.File.Move(draft, path, overwrite: true);
    }

    /// <summary>Held as long as this process lives: two stacks on one folder would end each other's stores.</summary>
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DistributedApplicationException(
                $"Sentinel is already running here ({path}): stop it first (./sentinel down).");
        }
    }
}
