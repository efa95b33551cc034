using System.Security.Cryptography;

namespace Example.Downstream.Plain;

/// <summary>A body as it was received: counted and hashed on the way, never held.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash in lower-case hexadecimal.</param>
internal sealed record ReceivedBody(long Bytes, string Sha256)
{
    public static async Task<ReceivedBody> ReadAsync(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        var bytes = 0L;
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
        }

        return new ReceivedBody(bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
