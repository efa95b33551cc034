namespace Sentinel.AppHost;

/// <summary>Whoever asks what there is must not get a whole stack for an answer.</summary>
internal static class Usage
{
    public static bool IsAskedFor(string[] arguments) => arguments.Any(it => it is "--help" or "-h" or "-?");

    public static void Print() => Console.WriteLine("""
        Sentinel.AppHost starts the whole stack, or writes it down as files to deploy.

          --replicas N                          proxies; 1 by default
          --Sentinel:StateDir=DIR               data, secrets and logs; .sentinel by default
          --operation publish --step publish --output-path DIR --Sentinel:Publish=compose|kubernetes

        Settings come from the environment or .env; README.md lists them. ./sentinel help has more.
        """);
}
