using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Sentinel.Tests.Support;

/// <summary>
/// A server that ends with this process, even if this process is killed: a shell holds it, waits for the end of its own
/// input, and then stops it and removes its folder.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Hold = """
        folder=$1; shift
        "$@" >"$folder/log" 2>&1 &
        echo $!; read -r _; kill -CONT $! $(cat /proc/$!/task/$!/children); kill -INT $!; wait $!
        rm -rf "$folder"
        """;

    private const string Signal = """
        own=/proc/$2/task/$2/children; children=$(cat $own)
        kill -$1 $2; kill -$1 $children $(cat $own); true
        """;

    private const int FirstPort = 20_000;
    private const int Ports = 10_000;

    /// <summary>Test runs beside each other begin at different places.</summary>
    private static int _lastPort = RandomNumberGenerator.GetInt32(Ports);

    private readonly Process _shell;
    private readonly string _pid;

    private ServerProcess(Process shell, string pid) => (_shell, _pid) = (shell, pid);

    /// <summary>Whether this process is root, which PostgreSQL refuses to run as.</summary>
    public static bool IsRoot => Environment.UserName == "root";

    public static async Task<ServerProcess> StartAsync(DirectoryInfo folder, params string[] command)
    {
        var start = new ProcessStartInfo("sh", ["-c", Hold, "sh", folder.FullName, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        var shell = Process.Start(start)!;
        return new ServerProcess(shell, (await shell.StandardOutput.ReadLineAsync())!);
    }

    /// <summary>Runs a command to its end and expects it to succeed.</summary>
    public static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command[0]} failed: {errors}{await output}");
    }

    /// <summary>
    /// A port of the loopback that nobody else of this process is given, even long before its server starts or while
    /// that restarts: it lies below those that the system gives to connections and to servers that ask for any.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (int)((uint)Interlocked.Increment(ref _lastPort) % Ports);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // Somebody else's; the next one is asked for.
            }
        }
    }

    /// <summary>A new folder for a server's data.</summary>
    public static DirectoryInfo NewFolder() => Directory.CreateTempSubdirectory("sentinel-tests-");

    /// <summary>
    /// Sends a signal to the server and its own children, which go on serving otherwise: <c>STOP</c> makes it mute,
    /// <c>CONT</c> lets it speak again. A child may end by itself meanwhile, and nobody knows those of the dead.
    /// </summary>
    public Task SignalAsync(string signal) => RunAsync("sh", "-c", Signal, "sh", signal, _pid);

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}
