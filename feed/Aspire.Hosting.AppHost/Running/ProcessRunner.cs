using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Runs each resource as a process in a session of its own, so that Ctrl-C reaches only the AppHost.</summary>
internal sealed partial class ProcessRunner(
    ResourceLoggerService resourceLogs, ILoggerFactory loggers, DistributedApplicationOptions options) : IDisposable
{
    private readonly ProcessGuard _guard = new();

    public ChildProcess Start(IResource resource, ProcessStartInfo start)
    {
        var logger = loggers.CreateLogger($"{options.AssemblyName ?? "AppHost"}.Resources.{resource.Name}");
        var session = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = start.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        session.Environment.Clear();
        foreach (var (name, value) in start.Environment)
        {
            session.Environment[name] = value;
        }

        session.ArgumentList.Add(start.FileName);
        foreach (var argument in start.ArgumentList)
        {
            session.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = session };
        process.OutputDataReceived += (_, line) => Heard(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Heard(line.Data, isError: true);
        process.Start();
        _guard.Watch(process.Id);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process, _guard);

        void Heard(string? line, bool isError)
        {
            if (line is null)
            {
                return;
            }

            resourceLogs.Write(resource.Name, line, isError);
            Log.Line(logger, line);
        }
    }

    public void Dispose() => _guard.Dispose();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
        public static partial void Line(ILogger logger, string line);
    }
}
