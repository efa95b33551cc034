using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Sentinel.AppHost;

/// <summary>
/// Where a native PostgreSQL lives and as whom it runs. It refuses to run as root: then it runs as user postgres, who
/// may not reach a state folder below a home; in that case its folder is below /var/lib, and linked from the state.
/// </summary>
internal sealed record PostgresHome(string Folder, string[] AsServerUser)
{
    private static readonly string[] AsPostgres =
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];

    public static PostgresHome Of(StateFolder state)
    {
        var folder = Path.Combine(state.Root, "postgres");
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            return new PostgresHome(Directory.CreateDirectory(folder).FullName, AsServerUser: []);
        }

        if (!IsReachable(state.Root))
        {
            var stateId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.Root)))[..12];
            var reachable = $"/var/lib/sentinel/{stateId}";
            Directory.CreateDirectory(reachable);
            if (!Path.Exists(folder))
            {
                Directory.CreateSymbolicLink(folder, reachable);
            }

            folder = reachable;
        }

        Directory.CreateDirectory(folder);
        Run("chown", "postgres:postgres", folder);
        Run("chmod", "700", folder);
        return new PostgresHome(folder, AsPostgres);
    }

    private static bool IsReachable(string folder) => Run([.. AsPostgres, "test", "-x", folder]) == 0;

    private static int Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
