using System.Collections.Concurrent;

namespace Sentinel.AdminUi.Exports;

/// <summary>The downloads that open pages offer. A run's id is known to its page only.</summary>
internal sealed class ExportRuns(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, ExportRun> _runs = [];

    public ExportRun Open()
    {
        var run = new ExportRun(Guid.NewGuid(), time);
        _runs[run.Id] = run;
        return run;
    }

    public ExportRun? Find(Guid? id) => id is { } known ? _runs.GetValueOrDefault(known) : null;

    /// <summary>The page is left; a download that is under way goes on.</summary>
    public void Close(ExportRun run) => _runs.TryRemove(run.Id, out _);
}
