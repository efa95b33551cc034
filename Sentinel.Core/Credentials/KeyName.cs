namespace Sentinel.Core.Credentials;

/// <summary>What a key is called under one of the secrets.</summary>
/// <param name="SecretId">Which one.</param>
/// <param name="Fingerprint">The key's fingerprint under it.</param>
public readonly record struct KeyName(short SecretId, KeyFingerprint Fingerprint)
{
    /// <summary>Stands for the secret in use, where a fingerprint was made elsewhere.</summary>
    public const short InUse = 0;
}
