namespace Sentinel.Cli.Bench;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">How often every contender has its turn.</param>
/// <param name="Seconds">How long a turn takes.</param>
/// <param name="WarmUpSeconds">How long each runs before anything counts: .NET compiles anew what is hot.</param>
/// <param name="SecondsAlone">How long a turn with one connection takes.</param>
/// <param name="Streams">How many streams are followed through each contender.</param>
/// <param name="Keys">How many bound keys Sentinel has to remember.</param>
internal sealed record Plan(int Rounds, int Seconds, int WarmUpSeconds, int SecondsAlone, int Streams, int Keys)
{
    /// <summary>Connections of a turn under load.</summary>
    public const int Connections = 64;

    public static readonly Plan Full =
        new(15, Seconds: 2, WarmUpSeconds: 25, SecondsAlone: 1, Streams: 20, Keys: 100_000);

    public static readonly Plan Quick = new(3, Seconds: 1, WarmUpSeconds: 2, SecondsAlone: 1, Streams: 2, Keys: 5_000);
}
