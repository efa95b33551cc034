using Sentinel.AdminApi.Problems;
using Sentinel.Core.Callers;

namespace Sentinel.AdminApi.Bindings;

/// <summary>Reads networks as operators type them.</summary>
internal static class NetworkTexts
{
    private const int Limit = 100;

    /// <summary>The networks without repetitions; notes those that are none.</summary>
    public static List<Network> Read(IReadOnlyList<string> texts, string field, FieldErrors errors)
    {
        errors.Check(texts.Count <= Limit, field, $"At most {Limit} networks.");
        var networks = new List<Network>();
        foreach (var text in texts.Take(Limit))
        {
            errors.Check(Network.TryParse(text, out var network), field, $"'{text}': {FieldErrors.NetworkExpected}");
            networks.Add(network);
        }

        return [.. networks.Distinct()];
    }
}
