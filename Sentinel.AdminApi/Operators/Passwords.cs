using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sentinel.AdminApi.Operators;

/// <summary>Hashes and verifies passwords: PBKDF2 with HMAC-SHA512, by ASP.NET Core Identity's hasher.</summary>
internal sealed class Passwords
{
    // What OWASP's password storage cheat sheet asks of PBKDF2 with HMAC-SHA512.
    private const int Iterations = 210_000;

    private readonly PasswordHasher<Operator> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    private readonly Operator _nobody;

    public Passwords()
    {
        _nobody = new Operator("", Hash(Guid.NewGuid().ToString()));
    }

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>
    /// Verifies with the same work whether the operator exists or not, so that time does not tell names.
    /// </summary>
    public bool Verify(Operator? claimed, string password)
    {
        var known = claimed ?? _nobody;
        var result = _hasher.VerifyHashedPassword(known, known.PasswordHash, password);
        return result != PasswordVerificationResult.Failed && claimed is not null;
    }
}
