using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A port by number or by name.</summary>
public sealed record Int32OrStringV1(int? Number = null, string? Text = null)
{
    public Int32OrStringV1(string? value)
        : this(
            int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null,
            int.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : value)
    {
    }

    public string? Value => Number?.ToString(CultureInfo.InvariantCulture) ?? Text;

    public static implicit operator Int32OrStringV1(int value) => new(value, null);

    public static implicit operator Int32OrStringV1?(string? value) => value is null ? null : new(value);

    public override string? ToString() => Value;
}

internal sealed class Int32OrStringConverter : IYamlTypeConverter
{
    public bool Accepts(Type type) => type == typeof(Int32OrStringV1);

    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) =>
        throw new NotSupportedException();

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer)
    {
        var port = (Int32OrStringV1)value!;
        serializer(port.Number is { } number ? number : port.Text, port.Number is null ? typeof(string) : typeof(int));
    }
}
