using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Settings;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.AdminApi.Alerts;

/// <summary>Says all that is wrong with the settings of this room at once, and nothing that is secret.</summary>
internal sealed class AlertOptionsValidator : IValidateOptions<AlertOptions>
{
    private const int ShortestSecret = 16;

    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        var problems = FindProblems(options).ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>The networks of a comma-separated list.</summary>
    public static ImmutableArray<Network> Networks(string list) =>
        [.. CommaList.Split(list).Select(text => Network.TryParse(text, out var network) ? network : default)];

    private static IEnumerable<string> FindProblems(AlertOptions options)
    {
        if (options.WebhookUrl.Length > 0 && WebAddress.FaultOf(options.WebhookUrl) is { } fault)
        {
            yield return $"Sentinel:Alerts:WebhookUrl: {fault}";
        }

        if (options.Secret.Length is > 0 and < ShortestSecret)
        {
            yield return $"Sentinel:Alerts:Secret has less than {ShortestSecret} characters.";
        }

        foreach (var text in CommaList.Split(options.AllowedTargets))
        {
            if (!Network.TryParse(text, out _))
            {
                yield return $"Sentinel:Alerts:AllowedTargets: '{text}' is not a network such as 10.0.0.0/8.";
            }
        }
    }
}
