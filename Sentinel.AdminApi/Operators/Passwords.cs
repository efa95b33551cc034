using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sentinel.AdminApi.Problems;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

/// <summary>Hashes and verifies passwords: PBKDF2 with HMAC-SHA512, by ASP.NET Core Identity's hasher.</summary>
internal sealed class Passwords : IDisposable
{
    private const int MinLength = 12;
    private const int MaxLength = 256;

    // What OWASP's password storage cheat sheet asks of PBKDF2 with HMAC-SHA512.
    private const int Iterations = 210_000;

    private readonly PasswordHasher<AdminUser> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);
    private readonly string _nobodys;

    public Passwords()
    {
        _nobodys = Hash(Guid.NewGuid().ToString());
    }

    /// <summary>Notes what is wrong with a password that somebody chose.</summary>
    public static void Check(string? password, string field, FieldErrors errors) =>
        errors.Check(
            password is { Length: >= MinLength and <= MaxLength }, field, $"{MinLength} to {MaxLength} characters.");

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>
    /// Verifies with the same work whether the operator exists or not, so that time does not tell names. Not more at
    /// once than there are processors: whoever guesses must not keep the threads from everybody else.
    /// </summary>
    public async Task<bool> VerifyAsync(AdminUser? claimed, string password, CancellationToken cancellationToken)
    {
        var hash = claimed?.PasswordHash ?? _nobodys;
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var result = _hasher.VerifyHashedPassword(null!, hash, password);
            return result != PasswordVerificationResult.Failed && claimed is not null;
        }
        finally
        {
            _ = _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
