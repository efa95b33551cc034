using Microsoft.AspNetCore.Components;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>The way to sign in and back again.</summary>
internal static class SignInAddress
{
    public static string For(NavigationManager navigation, bool isExpired) => navigation.GetUriWithQueryParameters(
        navigation.ToAbsoluteUri("sign-in").ToString(),
        new Dictionary<string, object?>
        {
            ["returnUrl"] = $"{BasePath.Value}/{navigation.ToBaseRelativePath(navigation.Uri)}",
            ["expired"] = isExpired ? true : null,
        });

    /// <summary>Only an address of the console itself is gone back to.</summary>
    public static string Back(string? returnUrl) =>
        returnUrl is not null && returnUrl.StartsWith($"{BasePath.Value}/", StringComparison.Ordinal)
            && !returnUrl.Contains('\\') && !returnUrl.Contains("//", StringComparison.Ordinal)
            ? returnUrl
            : $"{BasePath.Value}/";
}
