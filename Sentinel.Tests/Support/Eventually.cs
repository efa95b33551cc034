using System.Diagnostics;

namespace Sentinel.Tests.Support;

/// <summary>Waits for what happens soon, as long as it takes. No other code of the tests waits by the clock.</summary>
public static class Eventually
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the condition holds.</summary>
    public static Task Holds(Func<bool> condition) =>
        Succeeds(() =>
        {
            Assert.True(condition(), "The condition did not come true in time.");
            return Task.CompletedTask;
        });

    /// <summary>Waits until the condition holds.</summary>
    public static Task Holds(Func<Task<bool>> condition) =>
        Succeeds(async () => Assert.True(await condition(), "The condition did not come true in time."));

    /// <summary>Repeats an attempt until it throws nothing; the last failure is the test's.</summary>
    public static async Task Succeeds(Func<Task> attempt)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception) when (watch.Elapsed < _limit)
            {
                await Task.Delay(_pause);
            }
        }
    }
}
