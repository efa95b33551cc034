using System.CommandLine;
using System.Globalization;
using Sentinel.Cli.Admin;
using Sentinel.Cli.Setup;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli;

/// <summary><c>secrets</c>: how far the rotation of the secret that names keys has come, and its end.</summary>
internal sealed class SecretsVerb
{
    private readonly Argument<int> _id = new("id") { Description = "The number of the secret." };
    private readonly Option<DirectoryInfo> _folder = SetupVerb.Folder();
    private readonly Option<bool> _force = new("--force")
    {
        Description = "Also if bindings are named under it: their keys are unknown from then on, banned ones too.",
    };

    public static Command Create(Terminal terminal) => new SecretsVerb().Build(terminal);

    private Command Build(Terminal terminal) =>
        new AdminVerb(terminal, "secrets", "How many bindings are named under each HMAC secret.")
            .Add("list", "Lists the secrets by their ids, with how many bindings are named under each.", ListAsync)
            .Add("retire", "Ends the time of a secret under which nothing is named.", RetireAsync, _id, _force, _folder)
            .Command;

    private static async Task<int> ListAsync(AdminCall call)
    {
        var secrets = await call.Client.GetAsync<SecretItem[]>("secrets", call.Cancel);
        return call.Show(
            secrets,
            secrets.Select(secret => (string[])
            [
                secret.Id.ToString(CultureInfo.InvariantCulture), secret.InUse ? "in use" : "accepted",
                AdminCall.Time(secret.UsedSince), AdminCall.Number(secret.Bindings), AdminCall.Number(secret.Banned),
                AdminCall.Number(secret.Archived),
            ]),
            "id", "state", "used since", "bindings", "of them banned", "of them archived");
    }

    /// <summary>The installation first: what it has retired, the file may lack.</summary>
    private async Task<int> RetireAsync(AdminCall call)
    {
        var id = call.Parsed.GetValue(_id);
        await call.Client.SendAsync(
            HttpMethod.Post, "secrets/retire", new RetireSecret(id, call.Parsed.GetValue(_force)), call.Cancel);
        _ = call.Say(string.Create(CultureInfo.InvariantCulture, $"The HMAC secret {id} is retired."));
        var file = Path.Combine(call.Parsed.GetRequiredValue(_folder).FullName, ".env");
        if (File.Exists(file))
        {
            foreach (var line in new HmacRotation(new SettingsFile(file)).Remove(id))
            {
                _ = call.Say(line);
            }
        }

        return ExitCode.Done;
    }
}
