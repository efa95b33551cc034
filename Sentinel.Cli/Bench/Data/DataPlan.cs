namespace Sentinel.Cli.Bench.Data;

/// <summary>How much data there is.</summary>
/// <param name="Bindings">Bindings in all.</param>
/// <param name="Intercepts">Rows of the intercept log, spread over the last 90 days.</param>
/// <param name="Idle">Bindings that the sweep archives.</param>
/// <param name="Exported">Rows that are exported.</param>
internal sealed record DataPlan(int Bindings, int Intercepts, int Idle, int Exported)
{
    /// <summary>How often each question is asked.</summary>
    public const int Questions = 200;

    /// <summary>What 95 % of the answers may take, in milliseconds.</summary>
    public const double MaxP95Ms = 100;

    /// <summary>What the admin API may use during the export, in MB.</summary>
    public const double MaxMemoryMb = 250;

    /// <summary>What the sweep may make of the gate's 99th percentile.</summary>
    public const double MaxSlowdown = 1.5;

    /// <summary>Over how many days the log is spread.</summary>
    public const int Days = 90;

    /// <summary>Keys with which the gate is asked; they are bound to loopback.</summary>
    public const int GateKeys = 20_000;

    public static readonly DataPlan Full = new(1_000_000, 10_000_000, 100_000, 1_000_000);

    public static readonly DataPlan Tenth = new(100_000, 1_000_000, 10_000, 100_000);
}
