using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Decisions;

/// <summary>What a replica does about a change, whoever told it. Hearing of it twice is harmless.</summary>
internal sealed class ChangeRecipient(BindingLookup lookup, StreamReviewer reviewer, SnapshotKeeper snapshot)
{
    /// <summary>Forgets what the change made outdated, and ends the streams that it forbids.</summary>
    public void Take(KeyFingerprint fingerprint, long version)
    {
        lookup.Forget(fingerprint, version);
        snapshot.Note(fingerprint, version);
        reviewer.Review(fingerprint, version);
    }
}
