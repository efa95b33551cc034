using System.Diagnostics;

namespace Sentinel.Tests.Support;

/// <summary>Somebody who takes the spans of the apps, without whom they make none.</summary>
internal static class Spans
{
    /// <summary>Records everything until it is disposed.</summary>
    public static ActivityListener Record(Action<Activity>? ended = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "Npgsql" or "System.Net.Http"
                || source.Name.StartsWith("Sentinel.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
