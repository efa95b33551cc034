using System.CommandLine;

namespace Sentinel.Cli;

/// <summary>Options that name a running stack: given, or from the environment, or those of the local stack.</summary>
internal static class StackOptions
{
    private static readonly Uri _adminApiDoor = new("http://localhost:7001");

    public static Option<Uri?> AdminApi() => Uri(
        "--admin-api", "SENTINEL_ADMIN_API", stack => stack.AdminApi ?? _adminApiDoor, "The admin API.");

    /// <summary>Who signs in, and the file that holds the password.</summary>
    public static (Option<string?> User, Option<string?> PasswordFile) Admin() => (
        Text("--admin-user", "ADMIN_USERNAME", stack => stack.Admin?.Username ?? "admin", "Who signs in."),
        Text(
            "--admin-password-file",
            "SENTINEL_ADMIN_PASSWORD_FILE",
            stack => stack.Admin?.PasswordFile,
            "The file that holds the admin's password."));

    public static Option<Uri?> Uri(string name, string variable, Func<LocalStack, Uri?> local, string says) =>
        new(name)
        {
            Description = $"{says} [{variable}]",
            CustomParser = parsed =>
            {
                if (System.Uri.TryCreate(parsed.Tokens[0].Value, UriKind.Absolute, out var address))
                {
                    return address;
                }

                parsed.AddError($"{name} takes an address like http://localhost:7000.");
                return null;
            },
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
                ? Given(variable, given)
                : local(LocalStack.Read()),
        };

    private static Uri Given(string variable, string text) =>
        System.Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new VerbException($"{variable} takes an address like http://localhost:7000.", ExitCode.WrongUsage);

    public static Option<string?> Text(string name, string variable, Func<LocalStack, string?> local, string says) =>
        new(name)
        {
            Description = $"{says} [{variable}]",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
                ? given
                : local(LocalStack.Read()),
        };
}
