using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections.Features;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Credentials;

/// <summary>
/// What a connection of HTTP/1 presented last. Clients show the same key with each request, and Kestrel, which keeps
/// the text of a connection's headers, then hands out the very same object: where it does, nothing has to be read and
/// hashed again. Nothing is kept that the connection itself does not keep, and only as long.
/// </summary>
internal sealed class LastCredential
{
    private static readonly object _name = new();

    private string? _text;
    private Profile? _profile;
    private Credential? _credential;

    /// <returns>That of the connection; null if its requests come side by side, or it keeps nothing.</returns>
    public static LastCredential? Of(HttpContext context)
    {
        if (!HttpProtocol.IsHttp11(context.Request.Protocol)
            || context.Features.Get<IConnectionItemsFeature>() is not { Items: var items })
        {
            return null;
        }

        if (items.TryGetValue(_name, out var last))
        {
            return (LastCredential?)last;
        }

        var first = new LastCredential();
        items[_name] = first;
        return first;
    }

    /// <summary>Whether this is the text, the same object, that was read last, and read in the same way.</summary>
    public bool TryRecall(string text, Profile profile, [NotNullWhen(true)] out Credential? credential)
    {
        credential = ReferenceEquals(text, _text) && ReferenceEquals(profile, _profile) ? _credential : null;
        return credential is not null;
    }

    public void Remember(string text, Profile profile, Credential credential) =>
        (_text, _profile, _credential) = (text, profile, credential);
}
