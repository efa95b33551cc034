using System.CommandLine;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary>All verbs; each is in a file of its own.</summary>
public static class SentinelCommand
{
    /// <summary>Runs the verb that the arguments name and gives its exit code.</summary>
    public static async Task<int> RunAsync(
        string[] arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("The verbs of ./sentinel that need more than a shell.")
        {
            DemoVerb.Create(terminal),
            BenchVerb.Create(terminal),
            BindingsVerb.Create(terminal),
            LogsVerb.Create(terminal),
            SettingsVerb.Create(terminal),
            AuditVerb.Create(terminal),
            AlertsVerb.Create(terminal),
            RetentionVerb.Create(terminal),
            DoctorVerb.Create(terminal),
            UnlockVerb.Create(terminal),
            SecretsVerb.Create(terminal),
            SetupVerb.Create(terminal),
            BackupVerb.Create(terminal),
            RestoreVerb.Create(terminal),
        };
        try
        {
            return await RunAsync(root.Parse(arguments), terminal, cancellationToken);
        }
        catch (VerbException error)
        {
            return Fail(terminal, error.Message, error.ExitCode);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Fail(terminal, error.Message, ExitCode.SomethingMissing);
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            // A file that cannot be read or written, a setting that cannot be understood: the message names it.
            return Fail(terminal, error.Message, ExitCode.Failed);
        }
        catch (OperationCanceledException)
        {
            return Fail(terminal, "It was ended before it was done.", ExitCode.Failed);
        }
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (parsed.Errors.Count > 0)
        {
            var errors = parsed.Errors.Select(error => error.Message);
            return Fail(terminal, string.Join(Environment.NewLine, errors), ExitCode.WrongUsage);
        }

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static int Fail(Terminal terminal, string message, int exitCode)
    {
        terminal.Errors.MarkupLineInterpolated($"[red]sentinel:[/] {message}");
        return exitCode;
    }
}
