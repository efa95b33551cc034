namespace Sentinel.AdminUi.Sessions;

/// <summary>Who signed in, and what proves it to the admin API.</summary>
/// <param name="Username">The operator's name.</param>
/// <param name="Role">What the operator may do. It cannot change while the session lasts: a change ends it.</param>
/// <param name="Token">The admin API's token.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
internal sealed record OperatorSession(string Username, string Role, string Token, DateTimeOffset ExpiresAt)
{
    // The generated text of a record would show the token.
    public override string ToString() => Username;
}
