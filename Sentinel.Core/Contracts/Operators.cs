namespace Sentinel.Core.Contracts;

/// <summary>Who asks: <c>GET /admin/api/me</c>.</summary>
/// <param name="Username">The operator's name.</param>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>admin</c>: what may be done with this token.</param>
/// <param name="Token">The name of the script's token; null for somebody who signed in.</param>
/// <param name="ExpiresAt">When the token expires.</param>
public sealed record Myself(string Username, string Role, string? Token, DateTimeOffset ExpiresAt);

/// <summary>
/// Changes the own password: <c>POST /admin/api/password</c>. All other sessions of the operator end.
/// </summary>
/// <param name="Current">The password until now.</param>
/// <param name="Next">The password from now on, 12 to 256 characters.</param>
public sealed record PasswordRequest(string Current, string Next)
{
    // The generated text of a record would show both.
    public override string ToString() => nameof(PasswordRequest);
}

/// <summary>All operators by name: <c>GET /admin/api/users</c>.</summary>
/// <param name="Items">The operators.</param>
public sealed record UserList(IReadOnlyList<UserItem> Items);

/// <summary>Somebody who may sign in: also <c>GET /admin/api/users/{id}</c>.</summary>
/// <param name="Id">Names the operator.</param>
/// <param name="Username">The name to sign in with.</param>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
/// <param name="IsDisabled">Whether signing in is forbidden.</param>
/// <param name="IsBuiltIn">Whether it is the one of <c>ADMIN_USERNAME</c>: every start gives it the role
/// <c>admin</c> and the password of <c>ADMIN_PASSWORD</c> again.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="LastLoginAt">When the operator last signed in.</param>
public sealed record UserItem(
    Guid Id,
    string Username,
    string Role,
    bool IsDisabled,
    bool IsBuiltIn,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastLoginAt);

/// <summary>Adds an operator: <c>POST /admin/api/users</c>, answered by 201 and a <see cref="UserItem"/>.</summary>
/// <param name="Username">1 to 64 letters, digits and <c>. _ - @</c>.</param>
/// <param name="Password">12 to 256 characters.</param>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
public sealed record NewUser(string Username, string Password, string Role)
{
    // The generated text of a record would show the password.
    public override string ToString() => $"{nameof(NewUser)} {{ {nameof(Username)} = {Username} }}";
}

/// <summary>
/// Changes an operator: <c>PUT /admin/api/users/{id}</c>. What is null stays. All sessions of the operator end.
/// </summary>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
/// <param name="IsDisabled">Whether signing in is forbidden.</param>
/// <param name="Password">12 to 256 characters.</param>
public sealed record UserChange(string? Role = null, bool? IsDisabled = null, string? Password = null)
{
    // The generated text of a record would show the password.
    public override string ToString() => nameof(UserChange);
}

/// <summary>Tokens for scripts: <c>GET /admin/api/tokens</c>. Admins see everybody's, others their own.</summary>
/// <param name="Items">The tokens, by owner and name.</param>
public sealed record TokenList(IReadOnlyList<TokenItem> Items);

/// <summary>A token for a script.</summary>
/// <param name="Id">Names the token, to read or revoke it by <c>GET|DELETE /admin/api/tokens/{id}</c>.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Owner">The operator in whose name it acts; without him it is worth nothing.</param>
/// <param name="Role">What it may do at most.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="LastUsedFrom">From where.</param>
public sealed record TokenItem(
    Guid Id,
    string Name,
    string Owner,
    string Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom);

/// <summary>Makes a token for a script: <c>POST /admin/api/tokens</c>, answered by 201.</summary>
/// <param name="Name">1 to 64 letters, digits and <c>. _ - @</c>.</param>
/// <param name="Role">What it may do at most: not more than its owner.</param>
/// <param name="Days">After how many days it expires, 1 to 366.</param>
public sealed record NewToken(string Name, string Role, int Days);

/// <summary>A token that was made. This is the only time that it is shown.</summary>
/// <param name="Token">To be sent as <c>Authorization: Bearer</c>.</param>
/// <param name="Item">What is kept of it.</param>
public sealed record MadeToken(string Token, TokenItem Item)
{
    // The generated text of a record would show the token.
    public override string ToString() => $"{nameof(MadeToken)} {{ {Item.Name} }}";
}

/// <summary>Lets an operator try again after too many failures: <c>POST /admin/api/unlock</c>.</summary>
/// <param name="Username">Who was locked out.</param>
public sealed record UnlockRequest(string Username);
