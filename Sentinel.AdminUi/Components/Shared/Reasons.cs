using System.Reflection;
using Sentinel.Core.Decisions;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>All reasons of refusals by their stable codes.</summary>
internal static class Reasons
{
    private static readonly Dictionary<string, DenyReason> _byCode = typeof(DenyReason)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => field.GetValue(null))
        .OfType<DenyReason>()
        .ToDictionary(static reason => reason.Code);

    public static IEnumerable<DenyReason> All => _byCode.Values;

    public static DenyReason? Find(string code) => _byCode.GetValueOrDefault(code);
}
