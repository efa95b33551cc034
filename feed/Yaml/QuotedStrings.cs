using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace Aspire.Hosting.Yaml;

/// <summary>Writes every string value in double quotes, as the original does; keys stay as they are.</summary>
internal sealed class QuotedStrings(IEventEmitter next) : ChainedEventEmitter(next)
{
    // For each open collection: whether the next scalar is a key; null in a sequence.
    private readonly Stack<bool?> _nextIsKey = new();

    public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
    {
        var isKey = Advance();
        if (!isKey && eventInfo.Source.Type == typeof(string))
        {
            eventInfo.Style = ScalarStyle.DoubleQuoted;
        }

        base.Emit(eventInfo, emitter);
    }

    public override void Emit(MappingStartEventInfo eventInfo, IEmitter emitter)
    {
        Advance();
        _nextIsKey.Push(true);
        base.Emit(eventInfo, emitter);
    }

    public override void Emit(MappingEndEventInfo eventInfo, IEmitter emitter)
    {
        _nextIsKey.Pop();
        base.Emit(eventInfo, emitter);
    }

    public override void Emit(SequenceStartEventInfo eventInfo, IEmitter emitter)
    {
        Advance();
        _nextIsKey.Push(null);
        base.Emit(eventInfo, emitter);
    }

    public override void Emit(SequenceEndEventInfo eventInfo, IEmitter emitter)
    {
        _nextIsKey.Pop();
        base.Emit(eventInfo, emitter);
    }

    private bool Advance()
    {
        if (!_nextIsKey.TryPop(out var isKey))
        {
            return false;
        }

        _nextIsKey.Push(!isKey);
        return isKey is true;
    }
}
