using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary>
/// <c>admin unlock</c>: lets an operator sign in again who failed too often. It proves by what signs the tokens that
/// whoever runs it is on the machine, because he may be the only admin.
/// </summary>
internal static class UnlockVerb
{
    private const string SecretFile = ".sentinel/secrets/admin-jwt-secret";

    private static readonly Uri _door = new("http://localhost:7001");

    public static Command Create(Terminal terminal)
    {
        var username = new Argument<string>("username")
        {
            Description = "Who was locked out.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ADMIN_USERNAME") ?? "admin",
        };
        var api = new Option<string>("--admin-api")
        {
            Description = "The admin API. [SENTINEL_ADMIN_API]",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SENTINEL_ADMIN_API") is { Length: > 0 } given
                ? given
                : $"{LocalStack.Read().AdminApi ?? _door}",
        };
        var file = new Option<FileInfo?>("--secret-file")
        {
            Description = "The file that holds the secret of the tokens, or their private key in PEM. "
                + "[ADMIN_JWT_PRIVATE_KEY_FILE, ADMIN_JWT_SECRET]",
        };
        var unlock = new Command("unlock", "Lets an operator sign in again after too many failures.")
        {
            username, api, file,
        };
        unlock.SetAction((parsed, cancellationToken) => UnlockAsync(
            terminal,
            AddressOf(parsed.GetRequiredValue(api)),
            TokenOf(parsed.GetValue(file)),
            parsed.GetRequiredValue(username),
            cancellationToken));
        return new Command("admin", "What can be done for operators on this machine.") { unlock };
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new VerbException("--admin-api takes an address like http://localhost:7001.", ExitCode.WrongUsage);

    /// <summary>Signed by what the file holds, or what the environment says, or what the local stack has.</summary>
    private static string TokenOf(FileInfo? given)
    {
        if (given is null && Environment.GetEnvironmentVariable("ADMIN_JWT_SECRET") is { Length: > 0 } secret)
        {
            return UnlockToken.Sign(secret);
        }

        var key = Environment.GetEnvironmentVariable("ADMIN_JWT_PRIVATE_KEY_FILE");
        var file = given?.FullName ?? (string.IsNullOrEmpty(key) ? SecretFile : key);
        try
        {
            return UnlockToken.Sign(File.ReadAllText(file).Trim());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VerbException(
                $"{error.Message} Name the file by --secret-file: the secret or the private key of the admin API.",
                ExitCode.SomethingMissing);
        }
        catch (CryptographicException)
        {
            throw new VerbException($"{file} holds no private RSA key in PEM.", ExitCode.WrongUsage);
        }
    }

    private static async Task<int> UnlockAsync(
        Terminal terminal, Uri api, string token, string username, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await client.PostAsJsonAsync(
                "/admin/api/unlock", new UnlockRequest(username), cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new VerbException(WhyNot(answer.StatusCode, username), ExitCode.Failed);
            }
        }
        catch (HttpRequestException error)
        {
            throw new VerbException(
                $"The admin API at {api} does not answer: {error.Message}", ExitCode.NotPossibleNow);
        }

        terminal.Output.MarkupLineInterpolated($"[green]✔[/] {username} may try again.");
        return ExitCode.Done;
    }

    private static string WhyNot(HttpStatusCode status, string username) => status switch
    {
        HttpStatusCode.NotFound => $"There is no operator called {username}.",
        HttpStatusCode.Unauthorized =>
            "The admin API believes another secret or key (401): name its own by --secret-file.",
        _ => string.Create(CultureInfo.InvariantCulture, $"The admin API refused ({(int)status})."),
    };
}
