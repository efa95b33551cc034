using System.CommandLine;

namespace Sentinel.Cli.Admin;

/// <summary>A verb whose sub-verbs all ask the admin API, with the options that each of them takes.</summary>
internal sealed class AdminVerb
{
    private readonly Terminal _terminal;
    private readonly Option<Uri?> _adminApi = StackOptions.AdminApi();
    private readonly Option<string?> _user;
    private readonly Option<string?> _passwordFile;
    private readonly Option<string?> _token = StackOptions.Text(
        "--admin-token", "SENTINEL_ADMIN_TOKEN", _ => null, "A script's token, in place of name and password.");

    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON.", Recursive = true };

    public AdminVerb(Terminal terminal, string name, string says)
    {
        _terminal = terminal;
        (_user, _passwordFile) = StackOptions.Admin();
        Option[] options = [_adminApi, _user, _passwordFile, _token, _json];
        Command = new Command(name, says);
        foreach (var option in options)
        {
            option.Recursive = true;
            Command.Add(option);
        }
    }

    public Command Command { get; }

    /// <summary>Whether JSON was asked for; for an action of the verb itself.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Adds a sub-verb.</summary>
    public AdminVerb Add(string name, string says, Func<AdminCall, Task<int>> run, params Symbol[] symbols)
    {
        var verb = new Command(name, says);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                verb.Add(argument);
            }
            else
            {
                verb.Add((Option)symbol);
            }
        }

        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await OpenAsync(parsed, cancellationToken);
            return await run(new AdminCall(parsed, client, _terminal, parsed.GetValue(_json), cancellationToken));
        });
        Command.Add(verb);
        return this;
    }

    private async Task<AdminClient> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var client = new AdminClient(parsed.GetRequiredValue(_adminApi)!);
        if (parsed.GetValue(_token) is { Length: > 0 } token)
        {
            client.UseToken(token);
            return client;
        }

        var login = new AdminLogin(parsed.GetRequiredValue(_user)!, parsed.GetValue(_passwordFile));
        await client.SignInAsync(login, cancellationToken);
        return client;
    }
}
