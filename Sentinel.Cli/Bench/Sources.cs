namespace Sentinel.Cli.Bench;

/// <summary>The programs of this repository, built for release.</summary>
internal static class Sources
{
    /// <summary>The folder of <c>Sentinel.sln</c>, at or above this one.</summary>
    public static string Root { get; } = FindRoot();

    public static Task BuildAsync(string project, CancellationToken cancellationToken) => Tool.RunAsync(
        "dotnet",
        ["build", Path.Combine(Root, project), "-c", "Release", "-v:q", "-nologo", "-p:RunAnalyzers=false"],
        cancellationToken);

    public static Task<Server> StartAsync(
        string name, string program, string folder, CancellationToken cancellationToken,
        params (string, string)[] environment)
    {
        // This program is in artifacts/<feed>/bin/Sentinel.Cli/debug; the others are beside it.
        var executable = Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "../..", program, "release", program));
        var port = Server.FreePort();
        (string, string)[] all =
        [
            .. environment, ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ALLOWED_HOSTS", "127.0.0.1"), ("SENTINEL_ACKNOWLEDGE", "direct-callers"),
        ];
        return Server.StartAsync(name, folder, port, [executable], cancellationToken, all);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(Directory.GetCurrentDirectory());
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sentinel.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new VerbException("Run this in Sentinel's folder.", ExitCode.WrongUsage);
    }
}
