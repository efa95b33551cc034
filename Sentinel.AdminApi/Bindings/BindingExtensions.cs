using Sentinel.AdminApi.Operators;
using Sentinel.Core.Operators;

namespace Sentinel.AdminApi.Bindings;

internal static class BindingExtensions
{
    public static void AddBindings(this WebApplicationBuilder builder)
    {
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
    }
}
