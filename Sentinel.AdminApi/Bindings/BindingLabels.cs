using Sentinel.AdminApi.Problems;

namespace Sentinel.AdminApi.Bindings;

/// <summary>Reads what operators call keys.</summary>
internal static class BindingLabels
{
    private const int MaxLength = 200;

    public static string Read(string? text, FieldErrors errors)
    {
        var label = text?.Trim() ?? "";
        errors.Check(label.Length <= MaxLength, "label", $"At most {MaxLength} characters.");
        errors.Check(!label.Any(char.IsControl), "label", "No control characters.");
        return label;
    }
}
