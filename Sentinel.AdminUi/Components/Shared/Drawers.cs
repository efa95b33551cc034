using Radzen;
using Sentinel.AdminUi.Appearance;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>How side dialogs open.</summary>
internal static class Drawers
{
    public static SideDialogOptions Options(Words words) => new()
    {
        Width = "min(36rem, 100vw)",
        CloseDialogOnOverlayClick = true,
        CloseAriaLabel = words["Close"],
    };
}
