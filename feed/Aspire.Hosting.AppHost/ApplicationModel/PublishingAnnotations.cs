namespace Aspire.Hosting.ApplicationModel;

public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag { get; set; }

    internal string Reference => $"{(Registry is null ? "" : $"{Registry}/")}{Image}{(Tag is null ? "" : $":{Tag}")}";
}

public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    public ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    {
        Source = source;
        Target = target;
        Type = type;
        IsReadOnly = isReadOnly;
    }

    public string? Source { get; set; }

    public string Target { get; set; }

    public ContainerMountType Type { get; set; }

    public bool IsReadOnly { get; set; }
}

public enum ContainerMountType
{
    BindMount = 0,
    Volume = 1,
}

public class OtlpExporterAnnotation : IResourceAnnotation;

internal sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;
