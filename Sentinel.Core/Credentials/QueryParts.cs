namespace Sentinel.Core.Credentials;

/// <summary>
/// Walks over the parameters of a raw query. A semicolon separates as well: some downstreams still read it so, and a
/// key behind one must not go unseen.
/// </summary>
/// <param name="query">The raw query, with its question mark or empty.</param>
internal ref struct QueryParts(string query)
{
    private int _next = Math.Min(1, query.Length);

    /// <summary>Where the current parameter begins, behind its separator.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current parameter ends.</summary>
    public int End { get; private set; }

    /// <summary>Where the value begins; the end if there is none.</summary>
    public int ValueStart { get; private set; }

    /// <summary>The name as it was sent.</summary>
    public ReadOnlySpan<char> RawName { get; private set; }

    public bool MoveNext()
    {
        if (_next >= query.Length)
        {
            return false;
        }

        Start = _next;
        var length = query.AsSpan(Start).IndexOfAny('&', ';');
        End = length < 0 ? query.Length : Start + length;
        var nameLength = query.AsSpan(Start, End - Start).IndexOf('=');
        ValueStart = nameLength < 0 ? End : Start + nameLength + 1;
        RawName = query.AsSpan(Start, nameLength < 0 ? End - Start : nameLength);
        _next = End + 1;
        return true;
    }
}
