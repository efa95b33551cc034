using System.Reflection;
using Sentinel.Core.Decisions;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>All reasons of refusals by their stable codes; where several share one, the first explains it.</summary>
internal static class Reasons
{
    private static readonly Dictionary<string, DenyReason> _byCode = typeof(DenyReason)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => field.GetValue(null))
        .OfType<DenyReason>()
        .DistinctBy(static reason => reason.Code)
        .ToDictionary(static reason => reason.Code);

    public static IEnumerable<DenyReason> All => _byCode.Values;

    public static DenyReason? Find(string code) => _byCode.GetValueOrDefault(code);
}
