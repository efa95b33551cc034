using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Sentinel.Cli.Admin;
using Sentinel.ServiceDefaults.Guardrails;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>doctor</c>: the checklist of production, in green and red.</summary>
internal static class DoctorVerb
{
    public static Command Create(Terminal terminal)
    {
        var file = new Option<FileInfo?>("--env-file") { Description = "The settings, beside those set here." };
        var verb = new AdminVerb(terminal, "doctor", "Looks for what is wrong with the settings of a production.")
            .AddCallerDoctor();
        verb.Command.Add(file);
        verb.Command.SetAction(parsed => Look(terminal.Output, parsed.GetValue(file), verb.IsJson(parsed)));
        return verb.Command;
    }

    /// <summary>The file of a Compose deployment names two secrets as its parameters are named.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Compose(
        IEnumerable<KeyValuePair<string, string?>> file) => file.Select(setting => setting.Key switch
        {
            "HMAC_SECRET" => KeyValuePair.Create("SENTINEL_HMAC_SECRET", setting.Value),
            "PROXY_SECRET" => KeyValuePair.Create("Sentinel:Callers:ProxySecret", setting.Value),
            _ => setting,
        });

    private static int Look(IAnsiConsole console, FileInfo? file, bool isJson)
    {
        var settings = new ConfigurationManager();
        settings.AddInMemoryCollection(file is null ? [] : Compose(EnvFile.Read(file.FullName)));
        settings.AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables();
        var guardrails = Checklist.CheckInstallation(settings);
        if (isJson)
        {
            console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(
                guardrails.Select(it => new { it.Name, it.Problem }), JsonSerializerOptions.Web));
        }
        else
        {
            Print(guardrails, console);
        }

        return guardrails.Any(guardrail => guardrail.Problem is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(IReadOnlyList<Guardrail> guardrails, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
        foreach (var (name, problem) in guardrails)
        {
            var sign = problem is null ? "[green]✔[/]" : "[red]✘[/]";
            table.AddRow(sign, Markup.Escape(name), Markup.Escape(problem ?? ""));
        }

        console.Write(table);
    }
}
