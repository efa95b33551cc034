using Sentinel.Core.Forwarding;
using Sentinel.Proxy.Routes;

namespace Sentinel.Tests.Unit.Routes;

public sealed class RoutePathsTests
{
    private static readonly RoutePaths _paths = Create("/{**path}", "/open/{**rest}", "/v1/models/{model}");

    [Theory]
    [InlineData("/open/docs", false)]
    [InlineData("/open/a%2Fb", false)]
    [InlineData("/open%2Fdocs", true)]
    [InlineData("/%6Fpen/docs", true)]
    [InlineData("/v1/models/a%2Fb", true)]
    [InlineData("/v2/models/a%2Fb", false)]
    [InlineData("/%68ealth", true)]
    public void Path_whose_route_would_change_after_one_more_decoding_is_ambiguous(string path, bool isAmbiguous) =>
        Assert.Equal(isAmbiguous, RequestTarget.IsAmbiguous(path, _paths.NameOf));

    [Fact]
    public void Before_there_are_routes_only_the_own_paths_are_told_apart()
    {
        var paths = new RoutePaths();

        Assert.Equal(paths.NameOf("/a"), paths.NameOf("/b"));
        Assert.NotEqual(paths.NameOf("/a"), paths.NameOf("/health"));
    }

    private static RoutePaths Create(params string[] patterns)
    {
        var paths = new RoutePaths();
        paths.Use(patterns);
        return paths;
    }
}
