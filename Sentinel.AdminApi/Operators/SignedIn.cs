using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

/// <summary>Who is behind a request: a session or a script's token, and the operator in whose name it acts.</summary>
/// <param name="User">The operator, with the role that counts now.</param>
/// <param name="Session">The session; null for a script.</param>
/// <param name="Token">The name of the script's token; null for a session.</param>
internal sealed record SignedIn(SessionUser User, Guid? Session, string? Token)
{
    public Role Role => User.Role;

    /// <summary>The name in the audit. No username has a slash.</summary>
    public string Name => Token is null ? User.Username : $"{User.Username}/{Token}";
}
