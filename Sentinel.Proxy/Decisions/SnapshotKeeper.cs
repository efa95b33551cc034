using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Credentials;
using Sentinel.Proxy.State;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Pulses;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Keeps a snapshot of all bindings on disk, with the changes that are heard of, and knows what it says while the
/// stores are away: also after a restart. Nothing of this happens on the way of a request.
/// </summary>
internal sealed partial class SnapshotKeeper : BackgroundService
{
    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _renewal = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<KeyFingerprint, long> _changes = new();
    private readonly BindingStore _store;
    private readonly StorePulses _pulses;
    private readonly IOptionsMonitor<DecisionOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SnapshotKeeper> _logger;
    private readonly Counter<long> _rejected;
    private readonly SnapshotFile? _file;
    private readonly Lock _reading = new();
    private volatile Snapshot? _known;
    private DateTimeOffset _writtenAt;
    private bool _isLost;
    private long _confirmedAt;
    private Task<Snapshot?>? _read;
    private long _readAt;

    public SnapshotKeeper(
        StateFolder state,
        BindingStore store,
        StorePulses pulses,
        IOptions<CredentialOptions> credentials,
        IOptionsMonitor<DecisionOptions> options,
        IMeterFactory meters,
        TimeProvider clock,
        ILogger<SnapshotKeeper> logger)
    {
        (_store, _pulses, _options, _clock, _logger) = (store, pulses, options, clock, logger);
        _file = state.Exists ? new SnapshotFile(state.File("snapshot"), credentials.Value.SecretTexts) : null;
        var meter = meters.Create(GateTelemetry.SourceName);
        _rejected = meter.CreateCounter<long>(
            "sentinel.gate.snapshots_rejected", "{snapshot}", "Snapshots that were damaged or not ours.");
        _ = meter.CreateObservableGauge(
            "sentinel.gate.snapshot_age", () => Age.TotalSeconds, "s", "For how long it was not known to be true.");
    }

    /// <summary>Whether what was last known is too old to be decided by.</summary>
    public bool IsExpired => Age > _options.CurrentValue.SnapshotMaxAge;

    /// <summary>Whether anything was ever known to be true.</summary>
    public bool WasConfirmed => Volatile.Read(ref _confirmedAt) != 0;

    /// <summary>How many changes wait to be written.</summary>
    internal int Waiting => _changes.Count;

    private TimeSpan Age =>
        _clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _confirmedAt));

    /// <summary>What the snapshot says of a key. Only known while PostgreSQL is away.</summary>
    public Binding? Find(KeyFingerprint fingerprint) => _known?.Bindings.GetValueOrDefault(fingerprint);

    /// <summary>The same from the first moment of an outage on, before it is noticed and brought to mind.</summary>
    public async ValueTask<Binding?> FindNowAsync(KeyFingerprint fingerprint)
    {
        var known = _known ?? await ReadOnceAsync();
        return _changes.ContainsKey(fingerprint) ? null : known?.Bindings.GetValueOrDefault(fingerprint);
    }

    /// <summary>Takes a change down, to be written soon.</summary>
    public void Note(KeyFingerprint fingerprint, long version) => _changes.AddOrUpdate(
        fingerprint, version, (_, known) => Math.Max(known, version));

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Load();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(_beat, _clock);
        do
        {
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(_logger, exception);
                _writtenAt = default;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override void Dispose()
    {
        _file?.Dispose();
        base.Dispose();
    }

    /// <summary>Follows PostgreSQL as long as it is there, and brings what was kept to mind when it is not.</summary>
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_pulses.Postgres.IsLost)
        {
            if (!_isLost)
            {
                _isLost = true;
                AppendUnread();
                Load();
            }

            return;
        }

        var now = _clock.GetUtcNow();
        if (_file is null || _options.CurrentValue.Failsafe is Failsafe.Closed)
        {
            // Nobody takes down what changes: whenever a snapshot is wanted again, it begins anew.
            _changes.Clear();
            _writtenAt = default;
        }
        else if (now - _writtenAt > _renewal)
        {
            var bindings = await _store.ListAsync(_options.CurrentValue.SnapshotBindings, cancellationToken);
            _file.Rewrite(bindings, now);
            _writtenAt = now;
        }
        else
        {
            await AppendAsync(now, cancellationToken);
        }

        Volatile.Write(ref _confirmedAt, now.ToUnixTimeMilliseconds());
        (_known, _isLost) = (null, false);
    }

    private async Task AppendAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changes = _changes.ToArray();
        var current = changes.Length == 0
            ? []
            : await _store.FindManyAsync([.. changes.Select(change => change.Key)], cancellationToken);
        var gone = changes
            .Where(change => !current.Any(it => it.IsCalled(change.Key)))
            .Select(change => SnapshotRecord.Gone(change.Key, change.Value));
        _file!.Append([.. current.SelectMany(SnapshotRecord.Of), .. gone], now);
        Array.ForEach(changes, change => _changes.TryRemove(change));
    }

    /// <summary>Of what changed and cannot be read any more, the former state must not decide.</summary>
    private void AppendUnread()
    {
        if (_file is { Count: > 0 } && _writtenAt != default)
        {
            var confirmedAt = DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _confirmedAt));
            _file.Append([.. _changes.Select(change => SnapshotRecord.Gone(change.Key, change.Value))], confirmedAt);
        }
    }

    private void Load()
    {
        if (Read() is { } snapshot)
        {
            _known = snapshot;
            var confirmedAt = snapshot.ConfirmedAt.ToUnixTimeMilliseconds();
            Volatile.Write(ref _confirmedAt, Math.Max(Volatile.Read(ref _confirmedAt), confirmedAt));
            Log.Loaded(_logger, snapshot.Bindings.Count, snapshot.ConfirmedAt);
        }
    }

    /// <summary>However many ask at once, the file is read once in a beat.</summary>
    private Task<Snapshot?> ReadOnceAsync()
    {
        lock (_reading)
        {
            if (_read is null || _clock.GetElapsedTime(_readAt) > _beat)
            {
                (_read, _readAt) = (Task.Run(Read), _clock.GetTimestamp());
            }

            return _read;
        }
    }

    private Snapshot? Read()
    {
        try
        {
            var snapshot = _file?.Read();
            return snapshot?.ConfirmedAt <= _clock.GetUtcNow() + _renewal ? snapshot : null;
        }
        catch (Exception exception)
            when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _rejected.Add(1);
            Log.Rejected(_logger, exception);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The snapshot knows {Count} keys as they were at {ConfirmedAt}.")]
        public static partial void Loaded(ILogger logger, int count, DateTimeOffset confirmedAt);

        [LoggerMessage(LogLevel.Error, "The snapshot cannot be used. Keys that only it knows are undecidable.")]
        public static partial void Rejected(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The snapshot cannot be kept up to date. It is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
