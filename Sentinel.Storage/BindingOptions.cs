using System.ComponentModel.DataAnnotations;

namespace Sentinel.Storage;

/// <summary>What a binding may be, whoever changes it.</summary>
public sealed class BindingOptions
{
    public const string SectionName = "Sentinel:Decisions";

    /// <summary>
    /// Networks that one key may have. Default 10. Who lowers it takes none away: a binding that has more keeps them.
    /// </summary>
    [Range(1, 100)]
    public int MaxNetworks { get; set; } = 10;
}
