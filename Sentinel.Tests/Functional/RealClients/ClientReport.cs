namespace Sentinel.Tests.Functional.RealClients;

/// <summary>Whom a client calls, and with which key.</summary>
/// <param name="Address">The service, or Sentinel in front of it.</param>
/// <param name="Key">The key.</param>
public readonly record struct Target(Uri Address, string Key);

/// <summary>What the user of a client saw of one call.</summary>
/// <param name="Pieces">The text, piece by piece.</param>
/// <param name="Attempts">How often the client tried; zero where it has no HTTP request of its own (WebSocket).</param>
/// <param name="Error">The client's own error; null if the call worked.</param>
public sealed record ClientReport(IReadOnlyList<ClientPiece> Pieces, int Attempts, ClientError? Error);

/// <summary>A piece of text.</summary>
/// <param name="Text">The text.</param>
/// <param name="At">When it was there, in milliseconds since some moment of that call.</param>
public sealed record ClientPiece(string Text, long At);

/// <summary>An error as the client gives it to its user.</summary>
/// <param name="Status">The HTTP status, if the client tells it.</param>
/// <param name="Message">The message.</param>
public sealed record ClientError(int? Status, string Message);
