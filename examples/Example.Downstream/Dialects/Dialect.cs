namespace Example.Downstream.Dialects;

/// <summary>The shapes of one API: an answer in one piece, the events of a stream, and an error.</summary>
/// <param name="Whole">The answer in one piece.</param>
/// <param name="Events">The answer as server-sent events.</param>
/// <param name="Error">An error by status and message.</param>
internal sealed record Dialect(
    Func<Call, object> Whole,
    Func<Call, IEnumerable<ServerEvent>> Events,
    Func<int, string, object> Error);

/// <summary>One server-sent event.</summary>
/// <param name="Data">A string as it is, anything else as JSON.</param>
/// <param name="Name">The event's name, where the dialect gives it one.</param>
internal readonly record struct ServerEvent(object Data, string? Name = null);
