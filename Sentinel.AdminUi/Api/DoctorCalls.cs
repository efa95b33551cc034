using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>What is wrong, and what is old.</summary>
internal static class DoctorCalls
{
    public static Task<ApiAnswer<CallerDiagnosis>> ExamineCallersAsync(
        this AdminApiClient api, CancellationToken cancellationToken) =>
        api.GetAsync<CallerDiagnosis>("doctor/caller", cancellationToken);

    /// <summary>Sweeps, or only tells what a sweep would take away.</summary>
    public static Task<ApiAnswer<RetentionReport>> SweepAsync(this AdminApiClient api, bool isDry) =>
        api.ChangeAsync<RetentionReport>(HttpMethod.Post, "retention/run", new RetentionRequest(isDry));
}
