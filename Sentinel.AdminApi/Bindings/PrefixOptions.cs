using System.ComponentModel.DataAnnotations;

namespace Sentinel.AdminApi.Bindings;

/// <summary>How the gate makes a network of an address: an approval makes the same one.</summary>
public sealed class PrefixOptions
{
    public const string SectionName = "Sentinel:Decisions";

    /// <summary>Leading bits of an IPv4 address that make its network. Default 32: the address alone.</summary>
    [Range(8, 32)]
    public int IPv4Prefix { get; set; } = 32;

    /// <summary>Leading bits of an IPv6 address that make its network. Default 64: one household or host.</summary>
    [Range(16, 128)]
    public int IPv6Prefix { get; set; } = 64;
}
