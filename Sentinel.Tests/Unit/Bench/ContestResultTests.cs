using System.Text.Json;
using Sentinel.Cli.Bench;

namespace Sentinel.Tests.Unit.Bench;

public sealed class ContestResultTests
{
    private static readonly ContestResult _contest = new(
        "a machine",
        Rounds: 3,
        [Of("sentinel", 20, 10, 30), Of("yarp", 10, 10, 10), Of("nginx-lua-redis", 40, 5, 20)],
        [StreamResult.Of("sentinel", [1], [1])],
        new MemoryResult(100, 1_000, 99));

    [Fact]
    public void Ratios_are_the_medians_of_what_the_rounds_gave()
    {
        Assert.Equal(2, _contest.Ratios["sentinel/yarp"]);
        Assert.Equal(1.5, _contest.Ratios["sentinel/nginx-lua-redis"]);
        Assert.Equal((1, 3), _contest.Spread["sentinel/yarp"]);
    }

    [Fact]
    public void The_document_names_every_contender_and_ratio()
    {
        using var document = JsonDocument.Parse(_contest.ToJson());
        var root = document.RootElement;

        Assert.Equal("a machine", root.GetProperty("machine").GetString());
        Assert.Equal(3, root.GetProperty("rounds").GetInt32());
        Assert.Equal(
            ["sentinel", "yarp", "nginx-lua-redis"],
            root.GetProperty("results").EnumerateArray().Select(it => it.GetProperty("name").GetString()));
        Assert.All(
            root.GetProperty("results").EnumerateArray(),
            it => Assert.True(it.GetProperty("rps").GetDouble() > 0));
        Assert.Equal(2, root.GetProperty("ratios").GetProperty("sentinel/yarp").GetDouble());
        Assert.Equal(99, root.GetProperty("memory").GetProperty("mostMemoryMb").GetDouble());
    }

    /// <summary>A contender that answered so many requests in each of its seconds.</summary>
    private static ContenderResult Of(string name, params long[] requests)
    {
        Sample[] turns = [.. requests.Select(it => new Sample(it, DurationUs: 1_000_000, 100, 900, Errors: 0))];
        return ContenderResult.Of(name, turns, turns);
    }
}
