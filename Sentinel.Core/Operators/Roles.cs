namespace Sentinel.Core.Operators;

/// <summary>The names of the roles, in the database and on the wire.</summary>
public static class Roles
{
    private static readonly string[] _names = ["viewer", "operator", "admin"];

    /// <summary>All names, the weakest first.</summary>
    public static IReadOnlyList<string> Names => _names;

    public static string NameOf(Role role) => _names[(int)role];

    public static bool TryParse(string? name, out Role role)
    {
        var found = Array.IndexOf(_names, name);
        role = (Role)Math.Max(found, 0);
        return found >= 0;
    }

    /// <summary>The role of a name that was checked before.</summary>
    public static Role Parse(string name) =>
        TryParse(name, out var role) ? role : throw new FormatException($"'{name}' is no role.");
}
