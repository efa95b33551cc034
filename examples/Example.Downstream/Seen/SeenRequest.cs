namespace Example.Downstream.Seen;

/// <summary>A request that came through to this service.</summary>
/// <param name="At">When it came.</param>
/// <param name="Method">Its method.</param>
/// <param name="Target">Its target as it stood in the request line, query included.</param>
/// <param name="Peer">The address that opened the connection.</param>
/// <param name="Callers">What the headers say about the caller's address.</param>
/// <param name="Keys">Every key it carried, wherever it stood.</param>
internal sealed record SeenRequest(
    DateTimeOffset At,
    string Method,
    string Target,
    string Peer,
    IReadOnlyDictionary<string, string> Callers,
    IReadOnlyList<SeenKey> Keys)
{
    /// <summary>The status it was answered with; null while the answer is under way.</summary>
    public int? Status { get; set; }

    /// <summary>The caller went away before the answer was complete.</summary>
    public bool Aborted { get; set; }
}

/// <summary>A key as it was presented. This service is a fake, and its keys are nobody's.</summary>
/// <param name="Carrier">The header or the query parameter in which it stood.</param>
/// <param name="Key">The key, without <c>Bearer</c>.</param>
internal sealed record SeenKey(string Carrier, string Key);
