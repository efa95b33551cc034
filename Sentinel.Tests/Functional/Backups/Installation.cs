using System.Globalization;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Backups;

/// <summary>A folder with the secrets of an installation, and the verbs run for it.</summary>
internal sealed class Installation : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();

    public Installation(bool isEmpty = false)
    {
        Directory.CreateDirectory(PathOf("production"));
        Passphrase("correct horse battery staple");
        if (isEmpty)
        {
            return;
        }

        Directory.CreateDirectory(PathOf("production/tls"));
        Write("production/.env", $"HMAC_SECRET={The.HmacSecret}\nDOWNSTREAM_URL=http://new-api:3000\n", Private);
        Write("production/tls/ca.key", "-----BEGIN PRIVATE KEY-----\n", Private);
        Write("production/tls/ca.crt", "-----BEGIN CERTIFICATE-----\n", Public);
    }

    public static void AssertPrivate(string path) => AssertMode(path, Private);

    public static void AssertPublic(string path) => AssertMode(path, Public);

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public void Write(string name, string content) => File.WriteAllText(PathOf(name), content);

    public void Passphrase(string passphrase) => Write("passphrase", passphrase);

    public async Task<(int ExitCode, string Said)> RunAsync(string database, params string[] verb)
    {
        Write("database", $"ConnectionStrings__sentinel={database}\n");
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        var exitCode = await SentinelCommand.RunAsync(
            [
                .. verb, "--installation", PathOf("production"), "--env-file", PathOf("database"),
                "--passphrase-file", PathOf("passphrase"),
            ],
            Terminal.To(output),
            TestContext.Current.CancellationToken);
        return (exitCode, output.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void AssertMode(string path, UnixFileMode mode) =>
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == mode, path);

    private void Write(string name, string content, UnixFileMode mode)
    {
        Write(name, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf(name), mode);
        }
    }
}
