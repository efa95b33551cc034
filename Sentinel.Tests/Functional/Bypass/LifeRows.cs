namespace Sentinel.Tests.Functional.Bypass;

/// <summary>A stolen key whose life takes a turn: no routine makes it unknown, for a thief to bind it.</summary>
internal static class LifeRows
{
    public static readonly TheoryData<string, string> All = new()
    {
        // what was done              what everybody else is answered
        { "unbound for another",      "403 address_mismatch" },
        { "archived",                 "403 approval_required" },
        { "contested",                "403 approval_required" },
        { "banned",                   "403 address_mismatch" },
        { "banned and unbound",       "403 address_mismatch" },
        { "archived and banned",      "403 address_mismatch" },
        { "banned and lifted",        "403 address_mismatch" },
    };
}
