using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Sentinel.AdminApi.Operators;

/// <summary>What is wrong with the keys of the tokens.</summary>
internal sealed class TokenKeysValidator : IValidateOptions<OperatorOptions>
{
    private const int ShortestSecret = 32;
    private const int ShortestKey = 2048;

    public ValidateOptionsResult Validate(string? name, OperatorOptions options)
    {
        string?[] problems =
        [
            string.IsNullOrEmpty(options.JwtSecret) && string.IsNullOrEmpty(options.JwtPrivateKeyFile)
                ? "Set Sentinel:Operators:JwtSecret or ADMIN_JWT_SECRET, or ADMIN_JWT_PRIVATE_KEY_FILE."
                : null,
            ProblemOf("JwtSecret (ADMIN_JWT_SECRET)", options.JwtSecret),
            ProblemOf("JwtPreviousSecret (ADMIN_JWT_SECRET_PREVIOUS)", options.JwtPreviousSecret),
            ProblemOfFile("JwtPrivateKeyFile (ADMIN_JWT_PRIVATE_KEY_FILE)", options.JwtPrivateKeyFile, isPrivate: true),
            ProblemOfFile("JwtPreviousKeyFile (ADMIN_JWT_PREVIOUS_KEY_FILE)", options.JwtPreviousKeyFile, false),
        ];
        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? ProblemOf(string setting, string? secret) =>
        string.IsNullOrEmpty(secret) || secret.Length >= ShortestSecret
            ? null
            : $"Sentinel:Operators:{setting} has less than {ShortestSecret} characters.";

    private static string? ProblemOfFile(string setting, string? file, bool isPrivate)
    {
        if (string.IsNullOrEmpty(file))
        {
            return null;
        }

        try
        {
            using var pair = RSA.Create();
            pair.ImportFromPem(File.ReadAllText(file));
            _ = isPrivate ? pair.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : [];
            return pair.KeySize >= ShortestKey
                ? null
                : $"Sentinel:Operators:{setting}: the key in {file} has less than {ShortestKey} bits.";
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException
                or CryptographicException)
        {
            return $"Sentinel:Operators:{setting}: {file} holds no {(isPrivate ? "private " : "")}RSA key in PEM that "
                + "this program can read.";
        }
    }
}
