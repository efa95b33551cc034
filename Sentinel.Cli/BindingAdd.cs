using System.CommandLine;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli;

/// <summary>
/// <c>bindings add</c>: binds a key before its first use. The key is read from a file or from the input: whatever
/// stands in a command is seen by everybody on the machine.
/// </summary>
internal sealed class BindingAdd
{
    private const string Input = "-";

    private readonly Argument<string[]> _networks = new("network")
    {
        Description = "All networks that it shall have.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _keyFile = new("--key-file") { Description = "A file with the key; - for input." };
    private readonly Option<string?> _fingerprint = new("--fingerprint") { Description = "In place of the key." };
    private readonly Option<string?> _hint = new("--hint") { Description = "With it: what may be seen of the key." };
    private readonly Option<string?> _label = new("--label") { Description = "What the key is." };
    private readonly Option<string?> _realm = new("--realm") { Description = "With a key: whose it is." };

    public Symbol[] Symbols => [_networks, _keyFile, _fingerprint, _hint, _label, _realm];

    public async Task<BindingItem> RunAsync(AdminCall call)
    {
        var request = new NewBinding(
            call.Parsed.GetValue(_networks),
            await ReadKeyAsync(call.Parsed.GetValue(_keyFile), call.Cancel),
            call.Parsed.GetValue(_fingerprint),
            call.Parsed.GetValue(_hint),
            call.Parsed.GetValue(_label),
            call.Parsed.GetValue(_realm));
        return await call.Client.SendAsync<BindingItem>(HttpMethod.Post, "bindings", request, call.Cancel);
    }

    private static async Task<string?> ReadKeyAsync(string? file, CancellationToken cancellationToken) => file switch
    {
        null => null,
        Input => (await Console.In.ReadLineAsync(cancellationToken))?.Trim(),
        _ when File.Exists(file) => (await File.ReadAllTextAsync(file, cancellationToken)).Trim(),
        _ => throw new VerbException($"There is no key file {file}.", ExitCode.SomethingMissing),
    };
}
