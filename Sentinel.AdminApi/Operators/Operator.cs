namespace Sentinel.AdminApi.Operators;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Username">The name, as it appears in tokens and in the audit.</param>
/// <param name="PasswordHash">PBKDF2, in the format of ASP.NET Core Identity.</param>
internal sealed record Operator(string Username, string PasswordHash)
{
    // The generated text of a record would show the hash.
    public override string ToString() => Username;
}
