namespace Sentinel.Cli;

/// <summary>The exit codes, the same as those of <c>./sentinel</c>.</summary>
public static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    public const int WrongUsage = 2;

    public const int SomethingMissing = 3;

    public const int NotPossibleNow = 4;
}
