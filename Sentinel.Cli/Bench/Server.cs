using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sentinel.Cli.Bench;

/// <summary>A program that runs as long as the bench, on a free port of loopback.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private Server(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>What the program and the processes that it started have spent so far.</summary>
    public TimeSpan ProcessorTime()
    {
        var children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children");
        var spent = TimeSpan.Zero;
        foreach (var id in children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append($"{_process.Id}"))
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            spent += process.TotalProcessorTime;
        }

        return spent;
    }

    /// <summary>What the program occupies of the machine's memory, in MB.</summary>
    public double MemoryMb()
    {
        using var process = Process.GetProcessById(_process.Id);
        return process.WorkingSet64 / 1e6;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program and waits until it listens. What it prints goes to a file of its name.</summary>
    public static async Task<Server> StartAsync(
        string name, string folder, int port, string[] command, CancellationToken cancellationToken,
        params (string Name, string Value)[] environment)
    {
        var log = Path.Combine(folder, $"{name}.log");
        const string IntoLog = "log=$1; shift; exec \"$@\" >\"$log\" 2>&1";
        // In the program's own folder: ASP.NET watches the one it runs in, and that of the bench is full of changes.
        var start = new ProcessStartInfo("sh", ["-c", IntoLog, "sh", log, .. command])
        {
            WorkingDirectory = Path.GetDirectoryName(command[0])!,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        var server = new Server(Process.Start(start)!, port);
        try
        {
            await server.WaitUntilListeningAsync(name, log, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Tool.RunAsync("kill", ["-TERM", $"{_process.Id}"], CancellationToken.None);
            using var patience = new CancellationTokenSource(_patience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private async Task WaitUntilListeningAsync(string name, string log, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await retry.WaitForNextTickAsync(cancellationToken))
        {
            if (_process.HasExited || watch.Elapsed > _patience)
            {
                throw new VerbException($"{name} did not start: {await File.ReadAllTextAsync(log, cancellationToken)}");
            }

            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }
}
