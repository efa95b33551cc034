using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>The operators, and the tokens that scripts use in their names.</summary>
internal static class OperatorCalls
{
    public static Task<ApiAnswer<UserList>> UsersAsync(
        this AdminApiClient api, CancellationToken cancellationToken) =>
        api.GetAsync<UserList>("users", cancellationToken);

    public static Task<ApiFailure?> AddUserAsync(this AdminApiClient api, NewUser user) =>
        api.ChangeAsync(HttpMethod.Post, "users", user);

    public static Task<ApiFailure?> ChangeUserAsync(this AdminApiClient api, Guid id, UserChange change) =>
        api.ChangeAsync(HttpMethod.Put, $"users/{id}", change);

    public static Task<ApiFailure?> RemoveUserAsync(this AdminApiClient api, Guid id) =>
        api.ChangeAsync(HttpMethod.Delete, $"users/{id}", body: null);

    public static Task<ApiFailure?> UnlockAsync(this AdminApiClient api, string username) =>
        api.ChangeAsync(HttpMethod.Post, "unlock", new UnlockRequest(username));

    public static Task<ApiFailure?> ChangePasswordAsync(this AdminApiClient api, PasswordRequest request) =>
        api.ChangeAsync(HttpMethod.Post, "password", request);

    public static Task<ApiAnswer<TokenList>> TokensAsync(
        this AdminApiClient api, CancellationToken cancellationToken) =>
        api.GetAsync<TokenList>("tokens", cancellationToken);

    public static Task<ApiAnswer<MadeToken>> MakeTokenAsync(this AdminApiClient api, NewToken token) =>
        api.ChangeAsync<MadeToken>(HttpMethod.Post, "tokens", token);

    public static Task<ApiFailure?> RevokeTokenAsync(this AdminApiClient api, Guid id) =>
        api.ChangeAsync(HttpMethod.Delete, $"tokens/{id}", body: null);
}
