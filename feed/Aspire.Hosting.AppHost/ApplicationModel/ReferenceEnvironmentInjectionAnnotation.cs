using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public sealed class ReferenceEnvironmentInjectionAnnotation : IResourceAnnotation
{
    public ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) => Flags = flags;

    public ReferenceEnvironmentInjectionFlags Flags { get; }
}

/// <summary>What a reference says; here a connection string is all that it ever says.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "The original's name.")]
public enum ReferenceEnvironmentInjectionFlags
{
    None = 0,
    ConnectionString = 1,
    ConnectionProperties = 2,
    ServiceDiscovery = 4,
    Endpoints = 8,
    All = 15,
}
