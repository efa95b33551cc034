using System.Globalization;

namespace Example.Downstream.Scripts;

/// <summary>
/// What an answer does besides being one. Written as words, parted by comma, plus or space, in the header
/// <c>x-script</c>, the query <c>?script=</c> or the name of the model: <c>slow-start-2s+pause-500ms</c>.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>slow-start</c>, <c>slow-start-300ms</c>: silence before the status line (1 s).</item>
/// <item><c>pause-500ms</c>: silence before every further piece of a stream.</item>
/// <item><c>pieces-20</c>: how many words the answer has.</item>
/// <item><c>error-429</c>: that status with an error in the caller's dialect.</item>
/// <item><c>status-401</c>: that status and nothing else.</item>
/// <item><c>html</c>: 200 with a page, as some services answer whatever they do not know.</item>
/// <item><c>break</c>: the connection is cut in the middle of the answer.</item>
/// </list>
/// A word that is none of these is a model's name and means nothing.
/// </remarks>
internal sealed record Script
{
    public static readonly Script Nothing = new();

    private const int MostPieces = 100_000;

    private static readonly char[] Separators = [',', '+', ' '];

    public TimeSpan StartAfter { get; private init; }

    public TimeSpan Pause { get; private init; }

    /// <summary>How many words the answer has; zero leaves it as it is.</summary>
    public int Pieces { get; private init; }

    public int? Error { get; private init; }

    public int? BareStatus { get; private init; }

    public bool Html { get; private init; }

    public bool Break { get; private init; }

    /// <summary>The script of one request: header, query and model together.</summary>
    public static Script Of(HttpRequest request, string? model = null)
    {
        var script = Nothing;
        string?[] sources = [request.Headers["x-script"], request.Query["script"], model];
        foreach (var word in sources.SelectMany(source => (source ?? "").Split(Separators)))
        {
            script = script.With(word);
        }

        return script;
    }

    private Script With(string word) => word switch
    {
        "html" => this with { Html = true },
        "break" => this with { Break = true },
        "slow-start" => this with { StartAfter = TimeSpan.FromSeconds(1) },
        _ when Duration(word, "slow-start-") is { } wait => this with { StartAfter = wait },
        _ when Duration(word, "pause-") is { } pause => this with { Pause = pause },
        _ when Number(word, "pieces-", 1, MostPieces) is { } pieces => this with { Pieces = pieces },
        _ when Number(word, "error-", 400, 599) is { } error => this with { Error = error },
        _ when Number(word, "status-", 200, 599) is { } status => this with { BareStatus = status },
        _ => this,
    };

    private static TimeSpan? Duration(string word, string prefix)
    {
        if (word.EndsWith("ms", StringComparison.Ordinal))
        {
            return Number(word[..^2], prefix, 0, int.MaxValue) is { } milliseconds
                ? TimeSpan.FromMilliseconds(milliseconds)
                : null;
        }

        return word.EndsWith('s') && Number(word[..^1], prefix, 0, int.MaxValue / 1000) is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    private static int? Number(string word, string prefix, int least, int most) =>
        word.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(word.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : null;
}
