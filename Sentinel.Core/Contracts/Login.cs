namespace Sentinel.Core.Contracts;

/// <summary>Asks for a token: <c>POST /admin/api/login</c>.</summary>
/// <param name="Username">The operator's name.</param>
/// <param name="Password">The operator's password.</param>
public sealed record LoginRequest(string Username, string Password)
{
    // The generated text of a record would show the password.
    public override string ToString() => $"{nameof(LoginRequest)} {{ {nameof(Username)} = {Username} }}";
}

/// <summary>A token for all other endpoints, sent as <c>Authorization: Bearer</c>.</summary>
/// <param name="Token">The token.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
public sealed record LoginResponse(string Token, DateTimeOffset ExpiresAt);
