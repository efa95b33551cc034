using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Doctor;

internal static class DoctorExtensions
{
    public static void AddDoctor(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CallerDoctor>();

    public static void MapDoctor(this IEndpointRouteBuilder api) =>
        api.MapGet("/doctor/caller", ExamineCaller).WithName("ExamineCaller").WithTags("Doctor");

    private static async Task<Ok<CallerDiagnosis>> ExamineCaller(
        CallerDoctor doctor, CancellationToken cancellationToken) =>
        TypedResults.Ok(await doctor.ExamineAsync(cancellationToken));
}
