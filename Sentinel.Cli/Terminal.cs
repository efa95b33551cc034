using Spectre.Console;

namespace Sentinel.Cli;

/// <summary>Where a verb speaks: results apart from errors, so that either can be piped.</summary>
/// <param name="Output">Results.</param>
/// <param name="Errors">What went wrong, and what to do about it.</param>
public sealed record Terminal(IAnsiConsole Output, IAnsiConsole Errors)
{
    private const int WidthOfPipes = 400;

    /// <summary>The terminal of this process.</summary>
    public static Terminal Open() => new(
        For(Console.Out, Console.IsOutputRedirected),
        For(Console.Error, Console.IsErrorRedirected));

    /// <summary>A terminal that writes plain text.</summary>
    public static Terminal To(TextWriter writer)
    {
        var console = For(writer, redirected: true);
        return new Terminal(console, console);
    }

    private static IAnsiConsole For(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (redirected)
        {
            console.Profile.Width = WidthOfPipes;
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.Interactive = false;
        }

        return console;
    }
}
