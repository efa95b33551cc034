namespace Sentinel.Proxy.Routes;

/// <summary>Realms are compared without case; <c>default</c> is the realm of all that name none.</summary>
internal static class RealmName
{
    public static string Of(string setting)
    {
        var name = setting.ToLowerInvariant();
        return name == RoutingOptions.Default ? "" : name;
    }
}
