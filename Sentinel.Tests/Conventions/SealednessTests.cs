using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace Sentinel.Tests.Conventions;

public sealed class SealednessTests
{
    [Theory]
    [InlineData("Sentinel.Core")]
    [InlineData("Sentinel.ServiceDefaults")]
    [InlineData("Sentinel.Storage")]
    [InlineData("Sentinel.Proxy")]
    [InlineData("Sentinel.AdminApi")]
    [InlineData("Sentinel.AdminUi")]
    [InlineData("Sentinel.Cli")]
    [InlineData("Sentinel.AppHost")]
    public void Every_class_is_sealed(string assembly)
    {
        var open = Assembly.Load(assembly).GetTypes()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Where(type => type.Namespace?.StartsWith("Sentinel", StringComparison.Ordinal) == true)
            .Where(type => !IsOfRazor(type) && !IsGenerated(type));

        Assert.Empty(open);
    }

    private static bool IsOfRazor(Type type) => type.IsAssignableTo(typeof(IComponent)) || type.Name == "_Imports";

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute))
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}
