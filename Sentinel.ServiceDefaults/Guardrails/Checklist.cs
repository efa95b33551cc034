using Microsoft.Extensions.Configuration;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.ServiceDefaults.Guardrails;

/// <summary>What is looked at before production starts. What an app has no setting for does not concern it.</summary>
public static class Checklist
{
    /// <summary>All guardrails in their order, with what is wrong.</summary>
    public static IReadOnlyList<Guardrail> Check(IConfiguration settings) =>
        Check(new GuardedSettings(settings, isWhole: false));

    /// <summary>The same for a whole installation, whose settings have the names that installations know.</summary>
    public static IReadOnlyList<Guardrail> CheckInstallation(IConfigurationManager settings)
    {
        settings.AddDropInNames();
        return Check(new GuardedSettings(settings, isWhole: true));
    }

    private static IReadOnlyList<Guardrail> Check(GuardedSettings settings) =>
    [
        .. SecretGuardrails.Check(settings),
        .. StoreGuardrails.Check(settings),
        .. DoorGuardrails.Check(settings),
        .. DecisionGuardrails.Check(settings),
    ];
}
