using Microsoft.Extensions.Options;

namespace Sentinel.AdminApi.Operators;

/// <summary>Knows the operators: the built-in admin, whose password is the configured one at every start.</summary>
internal sealed class OperatorDirectory(IOptions<OperatorOptions> options, Passwords passwords)
{
    private readonly Operator _builtIn = new(options.Value.Username, passwords.Hash(options.Value.Password));

    public Operator? Find(string username) =>
        string.Equals(username, _builtIn.Username, StringComparison.OrdinalIgnoreCase) ? _builtIn : null;
}
