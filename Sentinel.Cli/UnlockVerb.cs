using System.Buffers.Text;
using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Sentinel.Core.Contracts;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary>
/// <c>admin unlock</c>: lets an operator sign in again who failed too often. It proves by the secret of the tokens that
/// whoever runs it is on the machine, because he may be the only admin.
/// </summary>
internal static class UnlockVerb
{
    private const string SecretFile = ".sentinel/secrets/admin-jwt-secret";
    private const string Audience = "sentinel-unlock";

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
        var file = new Option<FileInfo>("--secret-file")
        {
            Description = "The file that holds the secret of the tokens. [ADMIN_JWT_SECRET]",
            DefaultValueFactory = _ => new FileInfo(SecretFile),
        };
        var unlock = new Command("unlock", "Lets an operator sign in again after too many failures.")
        {
            username, api, file,
        };
        unlock.SetAction((parsed, cancellationToken) => UnlockAsync(
            terminal,
            AddressOf(parsed.GetRequiredValue(api)),
            SecretOf(parsed.GetRequiredValue(file)),
            parsed.GetRequiredValue(username),
            cancellationToken));
        return new Command("admin", "What can be done for operators on this machine.") { unlock };
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new VerbException("--admin-api takes an address like http://localhost:7001.", ExitCode.WrongUsage);

    private static string SecretOf(FileInfo file)
    {
        if (Environment.GetEnvironmentVariable("ADMIN_JWT_SECRET") is { Length: > 0 } secret)
        {
            return secret;
        }

        return file.Exists
            ? File.ReadAllText(file.FullName).Trim()
            : throw new VerbException(
                $"There is no {file}. Set ADMIN_JWT_SECRET to the secret of the admin API.", ExitCode.SomethingMissing);
    }

    private static async Task<int> UnlockAsync(
        Terminal terminal, Uri api, string secret, string username, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Sign(secret));
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
        HttpStatusCode.Unauthorized => "The admin API has another secret (401): give it in ADMIN_JWT_SECRET.",
        _ => string.Create(CultureInfo.InvariantCulture, $"The admin API refused ({(int)status})."),
    };

    /// <summary>A token that says nothing but that its holder knows the secret, for a minute.</summary>
    private static string Sign(string secret)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = Encode("""{"alg":"HS256","typ":"JWT"}""");
        var payload = Encode($$"""
            {"iss":"sentinel","aud":"{{Audience}}","sub":"local","nbf":{{now - 60}},"exp":{{now + 60}}}
            """);
        var signature = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{header}.{payload}"));
        return $"{header}.{payload}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
