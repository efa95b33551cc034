using System.Reflection;
using OpenTelemetry;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Trail;

/// <summary>Says to the dashboard that this replica is there, and how much its disk holds back.</summary>
internal sealed class ReplicaAnnouncer(Replicas replicas, DiskSpool disk, TimeProvider clock) : BackgroundService
{
    private static readonly string _version =
        typeof(ReplicaAnnouncer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    private readonly Guid _id = Guid.NewGuid();
    private readonly string _name = $"{Environment.MachineName}/{Environment.ProcessId}";
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await replicas.LeaveAsync(_id, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(Replicas.Interval, clock);
        do
        {
            var replica = new ReplicaItem(_name, _version, _startedAt, disk.Bytes);
            await replicas.AnnounceAsync(_id, replica, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
