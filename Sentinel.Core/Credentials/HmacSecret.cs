using System.Text;

namespace Sentinel.Core.Credentials;

/// <summary>A secret under which keys have fingerprints. It cannot be printed by accident.</summary>
/// <param name="id">Its number: a younger secret has a higher one.</param>
/// <param name="text">The secret itself.</param>
public sealed class HmacSecret(short id, string text)
{
    /// <summary>The shortest secret, in bytes.</summary>
    public const int MinLength = 32;

    public short Id { get; } = id;

    public string Text { get; } = text;

    public byte[] ToByteArray() => Encoding.UTF8.GetBytes(Text);

    public override string ToString() => $"[secret {Id}]";
}
