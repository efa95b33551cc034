using Microsoft.Extensions.Hosting;

namespace Sentinel.ServiceDefaults.Guardrails;

internal static class GuardrailExtensions
{
    /// <summary>
    /// In production an app whose settings are unsafe does not start, and says all that is wrong. It looks before
    /// anything else does, so that no other complaint comes first.
    /// </summary>
    /// <exception cref="UnsafeProductionException">Something is wrong; the message says what to do.</exception>
    public static void CheckGuardrails(this IHostApplicationBuilder builder)
    {
        if (!builder.Environment.IsProduction())
        {
            return;
        }

        string[] problems =
            [.. Checklist.Check(builder.Configuration).Select(guardrail => guardrail.Problem).OfType<string>()];
        if (problems.Length > 0)
        {
            throw new UnsafeProductionException(problems);
        }
    }
}

/// <summary>Production was asked for with settings that are not safe.</summary>
/// <param name="problems">All of them, each with its remedy.</param>
public sealed class UnsafeProductionException(IReadOnlyList<string> problems) : Exception(
    $"This is not safe in production:{string.Concat(problems.Select(problem => $"\n  - {problem}"))}\n");
