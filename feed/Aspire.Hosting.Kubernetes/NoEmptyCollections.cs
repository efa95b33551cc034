using System.Collections;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.ObjectGraphVisitors;

namespace Aspire.Hosting.Kubernetes;

/// <summary>Leaves out what was not said; an <c>emptyDir: {}</c> is an object and stays.</summary>
internal sealed class NoEmptyCollections(IObjectGraphVisitor<IEmitter> next) : ChainedObjectGraphVisitor(next)
{
    public override bool EnterMapping(
        IPropertyDescriptor key, IObjectDescriptor value, IEmitter context, ObjectSerializer serializer) =>
        value.Value is not ICollection { Count: 0 } && base.EnterMapping(key, value, context, serializer);
}
