using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// While PostgreSQL cannot be asked, a key may be decided on by another name than the one in use, and its row goes on
/// bearing that name. Its changes are told by that name too, so its streams have to be found by it.
/// </summary>
internal sealed class StreamNames(SecretRing ring, OpenStreams streams, BindingMemory memory)
{
    /// <summary>Lists a request under every name of its key, unless its binding bears the one in use.</summary>
    public void List(GateRequest request, Credential credential)
    {
        if (ring.IsAlone || request.OtherNames.Length > 0
            || request.Binding?.IsCalled(credential.Fingerprint) is true)
        {
            return;
        }

        streams.Add(
            request,
            [.. ring.NamesOf(credential).Select(name => name.Fingerprint)
                .Where(name => name != credential.Fingerprint)]);
        if (request.Binding is { } binding && memory.IsOutdated(binding))
        {
            // It changed after it was read, and before this request could be found.
            _ = request.HearChange(long.MaxValue);
        }
    }
}
