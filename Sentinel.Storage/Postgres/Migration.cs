using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Sentinel.Storage.Postgres;

/// <summary>One file of <c>db/</c>.</summary>
/// <param name="Version">The number that its name begins with.</param>
/// <param name="Name">Its file name.</param>
/// <param name="Sql">What it says.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    private const string Folder = "db/";

    /// <summary>The files that this program carries, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(Load)
            .OrderBy(migration => migration.Version),
    ];

    /// <summary>SHA-256 of the text, so that an applied file that was edited afterwards is noticed.</summary>
    public byte[] Checksum => SHA256.HashData(Encoding.UTF8.GetBytes(Sql));

    private static Migration Load(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        var name = resource[Folder.Length..];
        var version = int.Parse(name[..name.IndexOf('_', StringComparison.Ordinal)], CultureInfo.InvariantCulture);

        // A checkout with other line ends is the same file.
        return new Migration(version, name, reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
