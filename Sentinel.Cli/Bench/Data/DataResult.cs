using System.Text.Json;

namespace Sentinel.Cli.Bench.Data;

/// <summary>What came out, and whether it is good enough.</summary>
internal sealed record DataResult(
    string Machine,
    DataPlan Plan,
    IReadOnlyList<QuestionResult> Questions,
    ExportResult Export,
    GateResult GateBefore,
    GateResult GateDuringSweep,
    SweepResult Sweep)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>By how much the sweep slowed the gate.</summary>
    public double Slowdown => Math.Round(GateDuringSweep.P99Ms / GateBefore.P99Ms, 2);

    public bool Passes =>
        Questions.All(question => question.Passes)
        && Export.Rows >= Plan.Exported && Export.MostMemoryMb <= DataPlan.MaxMemoryMb
        && Sweep.Archived == Plan.Idle && Slowdown <= DataPlan.MaxSlowdown;

    public string ToJson() => JsonSerializer.Serialize(this, _json);
}

/// <summary>What the sweep did.</summary>
internal sealed record SweepResult(long Archived, double Seconds);
