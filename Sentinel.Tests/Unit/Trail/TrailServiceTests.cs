using Microsoft.Extensions.Logging.Abstractions;
using Sentinel.Proxy.Trail;

namespace Sentinel.Tests.Unit.Trail;

public sealed class TrailServiceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Last_flush_waits_for_the_one_before_however_often_the_service_is_stopped()
    {
        var writer = new SlowWriter();
        using var service = new TrailService([writer], TimeProvider.System, NullLogger<TrailService>.Instance);
        await service.StartAsync(Cancelled);
        await writer.Began;

        var stops = Task.WhenAll(
            service.StopAsync(new CancellationToken(canceled: true)), service.StopAsync(Cancelled),
            service.StopAsync(Cancelled));
        writer.GoOn();
        await stops;

        Assert.Equal(1, writer.MostAtOnce);
    }

    /// <summary>Notes whether it is called while it has not returned yet.</summary>
    private sealed class SlowWriter : ITrailWriter
    {
        private readonly TaskCompletionSource _began = new();
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _present;

        public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(10);

        public int MostAtOnce { get; private set; }

        public Task Began => _began.Task;

        public void GoOn() => _goOn.SetResult();

        public async Task FlushAsync(CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _present));
            _ = _began.TrySetResult();
            await _goOn.Task;
            await Task.Yield();
            _ = Interlocked.Decrement(ref _present);
        }
    }
}
