using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli;

/// <summary><c>doctor caller</c>: shows by which chains requests come, and what looks wrong about it.</summary>
internal static class CallerDoctorVerb
{
    /// <summary>Adds it to the verb that looks for what is wrong.</summary>
    public static AdminVerb AddCallerDoctor(this AdminVerb doctor) =>
        doctor.Add("caller", "Tells why a caller is taken for whom he is taken.", ExamineAsync);

    private static async Task<int> ExamineAsync(AdminCall call)
    {
        var diagnosis = await call.Client.GetAsync<CallerDiagnosis>("doctor/caller", call.Cancel);
        string[] columns = ["seen (UTC)", "peer", "headers", "verdict", "caller", "reason"];
        _ = call.Show(diagnosis, (diagnosis.Chains ?? []).Select(RowOf), columns);
        if (diagnosis.Chains is null)
        {
            _ = call.Say("Redis does not answer: the chains are not known.");
        }

        foreach (var warning in diagnosis.Warnings)
        {
            _ = call.Say($"{warning.Code}: {warning.Message}");
        }

        return diagnosis.Warnings.Count == 0 ? call.Say("Nothing looks wrong.") : ExitCode.Done;
    }

    private static string[] RowOf(CallerDiagnosisChain chain) =>
    [
        AdminCall.Time(chain.SeenAt),
        chain.Peer ?? "Unix socket",
        string.Join('\n', chain.Headers.Select(header => $"{header.Name}: {header.Value}")),
        chain.Verdict,
        chain.Caller ?? "unknown",
        chain.Reason,
    ];
}
