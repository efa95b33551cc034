using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;

namespace Sentinel.ServiceDefaults.Callers;

/// <summary>
/// The rules as the settings are now. Settings that do not hold together never come here: then those of before count.
/// </summary>
internal sealed class LiveCallerRules
{
    private CallerRules _current;

    public LiveCallerRules(IOptionsMonitor<CallerOptions> options, IHostEnvironment environment)
    {
        _current = CallerExtensions.CreateRules(options.CurrentValue, environment);
        _ = options.OnChange(
            changed => Volatile.Write(ref _current, CallerExtensions.CreateRules(changed, environment)));
    }

    public CallerRules Current => Volatile.Read(ref _current);
}
