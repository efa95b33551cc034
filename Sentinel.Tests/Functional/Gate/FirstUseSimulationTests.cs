using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

public sealed class FirstUseSimulationTests(FirstUseSimulationTests.ThreeReplicas replicas)
    : IClassFixture<FirstUseSimulationTests.ThreeReplicas>
{
    private const int Steps = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public Task Key_never_has_a_second_owner_and_no_claim_is_left(int seed) =>
        new FirstUseSimulation(seed, replicas.World, replicas.All).RunAsync(Steps);

    /// <summary>Three replicas on which nobody waits, so that each step ends by itself.</summary>
    public sealed class ThreeReplicas(RealStores stores) : IAsyncLifetime
    {
        public GateWorld World { get; } = new(stores);

        public IReadOnlyList<ProxyApp> All { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await World.InitializeAsync();
            (string, string)[] settings =
            [
                ("Sentinel:Decisions:ClaimWait", "00:00:00"), ("Sentinel:Decisions:Caps:Exempt", "192.0.2.0/24"),
            ];
            All = [World.NewProxy(settings), World.NewProxy(settings), World.NewProxy(settings)];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var replica in All)
            {
                await replica.DisposeAsync();
            }

            await World.DisposeAsync();
        }
    }
}
