using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sentinel.Cli.Setup;

internal static class NewSecret
{
    private const int Bytes = 32;

    /// <summary>A secret that nobody guesses, of characters that need no quotes anywhere.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
