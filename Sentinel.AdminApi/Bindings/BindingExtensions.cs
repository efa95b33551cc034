using Sentinel.AdminApi.Operators;
using Sentinel.Core.Operators;

namespace Sentinel.AdminApi.Bindings;

internal static class BindingExtensions
{
    public static void AddBindings(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PrefixOptions>()
            .BindConfiguration(PrefixOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<KeyReader>();
        builder.Services.AddSingleton<LargeTotals>();
        builder.Services.AddSingleton<ApprovalReader>();
        builder.Services.AddSingleton<BindingAnnouncer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BindingAnnouncer>());
    }

    public static void MapBindings(this IEndpointRouteBuilder api)
    {
        var bindings = api.MapGroup("/bindings").WithTags("Bindings");
        var decisions = bindings.MapGroup("").For(Role.Operator);
        bindings.MapBindingReads();
        decisions.MapBindingStates();
        decisions.MapUnbind();
        decisions.MapBindingEdits();
        decisions.MapRegister();
        decisions.MapApprovals();
        api.MapGet("/approvals", ApprovalEndpoints.List).WithName("ListApprovals").WithTags("Bindings");
    }
}
