using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Credentials;

/// <summary>What is wrong with the secrets of the fingerprints; that there is one is checked before.</summary>
internal sealed class SecretRingValidator : IValidateOptions<CredentialOptions>
{
    public ValidateOptionsResult Validate(string? name, CredentialOptions options)
    {
        if (options.HmacSecret.Length < HmacSecret.MinLength)
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = HmacSecrets.FindProblems(options.HmacSecret, options.HmacSecretId, options.AcceptedSecrets);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
