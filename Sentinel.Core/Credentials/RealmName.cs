namespace Sentinel.Core.Credentials;

/// <summary>Realms are compared without case; <c>default</c> is the realm of all that name none.</summary>
public static class RealmName
{
    private const string Default = "default";

    public static string Of(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var name = setting.ToLowerInvariant();
        return name == Default ? "" : name;
    }
}
