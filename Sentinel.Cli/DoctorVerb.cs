using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Sentinel.Cli.Admin;
using Sentinel.Cli.Setup;
using Sentinel.ServiceDefaults.Guardrails;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>doctor</c>: the checklist of production, in green and red.</summary>
internal static class DoctorVerb
{
    private const string PrivateKey = "ADMIN_JWT_PRIVATE_KEY_FILE";

    public static Command Create(Terminal terminal)
    {
        var file = new Option<FileInfo?>("--env-file") { Description = "The settings, beside those set here." };
        var verb = new AdminVerb(terminal, "doctor", "Looks for what is wrong with the settings of a production.")
            .AddCallerDoctor();
        verb.Command.Add(file);
        verb.Command.SetAction((parsed, cancellationToken) =>
            LookAsync(terminal.Output, parsed.GetValue(file), verb.IsJson(parsed), cancellationToken));
        return verb.Command;
    }

    /// <summary>The file of a Compose deployment, whose container has the keys that lie in <c>jwt/</c> here.</summary>
    private static void AddFile(ConfigurationManager settings, FileInfo file)
    {
        var keys = Path.Combine(file.DirectoryName!, "jwt");
        var key = Path.Combine(keys, "admin.key");
        if (File.Exists(key))
        {
            settings.AddInMemoryCollection([KeyValuePair.Create(PrivateKey, (string?)key)]);
        }

        settings.AddInMemoryCollection(EnvFile.Read(file.FullName).Select(setting => setting.Key switch
        {
            PrivateKey or JwtRotation.PreviousKey => KeyValuePair.Create(
                setting.Key, setting.Value?.Replace(JwtRotation.MountedAt, keys, StringComparison.Ordinal)),
            _ => setting,
        }));
    }

    private static async Task<int> LookAsync(
        IAnsiConsole console, FileInfo? file, bool isJson, CancellationToken cancellationToken)
    {
        using var settings = new ConfigurationManager();
        if (file is not null)
        {
            AddFile(settings, file);
        }

        settings.AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables();
        var lines = Checklist.CheckInstallation(settings).Select(it => new DoctorLine(it.Name, it.Problem)).ToList();
        if (file is not null)
        {
            lines.Add(FilesDoctor.Look(file));
        }

        if (await HmacDoctor.LookAsync(settings, file, cancellationToken) is { } keys)
        {
            lines.Add(keys);
        }

        if (isJson)
        {
            console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(lines, JsonSerializerOptions.Web));
        }
        else
        {
            Print(lines, console);
        }

        return lines.Any(line => line.Problem is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(IReadOnlyList<DoctorLine> lines, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
        foreach (var (name, problem, remark) in lines)
        {
            var sign = problem is null ? "[green]✔[/]" : "[red]✘[/]";
            table.AddRow(sign, Markup.Escape(name), Markup.Escape($"{problem} {remark}".Trim()));
        }

        console.Write(table);
    }
}

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Problem">What is wrong with it; null if nothing.</param>
/// <param name="Remark">What else there is to say; null if nothing.</param>
internal sealed record DoctorLine(string Name, string? Problem, string? Remark = null);
