using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Fetches the dashboard once, into a folder that git ignores (feed/fetch-dashboard.sh).</summary>
internal sealed partial class DashboardTool(string folder, string fetchScript)
{
    public string Path => System.IO.Path.Combine(folder, "aspire-managed");

    public async Task FetchAsync(ILogger logger, CancellationToken cancellationToken)
    {
        if (File.Exists(Path))
        {
            return;
        }

        Log.Fetching(logger, folder);
        var start = new ProcessStartInfo("sh") { RedirectStandardError = true };
        start.ArgumentList.Add(fetchScript);
        start.ArgumentList.Add(folder);
        using var fetch = Process.Start(start)!;
        var problem = await fetch.StandardError.ReadToEndAsync(cancellationToken);
        await fetch.WaitForExitAsync(cancellationToken);
        if (fetch.ExitCode != 0)
        {
            throw new DistributedApplicationException($"The Aspire dashboard could not be fetched: {problem.Trim()}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Fetching the Aspire dashboard into {Folder} …")]
        public static partial void Fetching(ILogger logger, string folder);
    }
}
