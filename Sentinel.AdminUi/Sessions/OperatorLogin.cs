using System.Net.Http.Headers;
using Sentinel.AdminUi.Api;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Sessions;

/// <summary>Asks the admin API for a token, from the address of the person who signs in, and gives it back.</summary>
internal sealed partial class OperatorLogin(HttpClient http, OperatorAddress address, ILogger<OperatorLogin> logger)
{
    /// <summary>A wrong name or password is <see cref="ApiFailure.SignedOut"/>.</summary>
    public async Task<ApiAnswer<OperatorSession>> AskAsync(
        LoginRequest login, HttpContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "login") { Content = JsonContent.Create(login) };
        address.Say(request, address.Of(context));
        var answer = await http.AskAsync<LoginResponse>(request, cancellationToken);
        var session = answer.Value is { } issued
            ? await WhoAmIAsync(issued, context, cancellationToken)
            : new ApiAnswer<OperatorSession>(null, answer.Failure);
        if (session.Failure is ApiFailure.Unavailable unavailable)
        {
            Log.NobodyCanSignIn(logger, unavailable.Cause);
        }

        return session;
    }

    /// <summary>Makes the token worthless. If the admin API is away, it stays good until it expires.</summary>
    public async Task GiveBackAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "logout");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SessionTicket.TokenOf(context.User));
        address.Say(request, address.Of(context));
        if ((await http.AskAsync<object>(request, cancellationToken)).Failure is ApiFailure.Unavailable unavailable)
        {
            Log.NotGivenBack(logger, unavailable.Cause);
        }
    }

    private async Task<ApiAnswer<OperatorSession>> WhoAmIAsync(
        LoginResponse login, HttpContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", login.Token);
        address.Say(request, address.Of(context));
        var answer = await http.AskAsync<Myself>(request, cancellationToken);
        return answer.Select(me => new OperatorSession(me.Username, me.Role, login.Token, login.ExpiresAt));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Nobody can sign in, because the admin API does not answer: {Cause}")]
        public static partial void NobodyCanSignIn(ILogger logger, string cause);

        [LoggerMessage(LogLevel.Error, "A token stays good, because the admin API does not answer: {Cause}")]
        public static partial void NotGivenBack(ILogger logger, string cause);
    }
}
