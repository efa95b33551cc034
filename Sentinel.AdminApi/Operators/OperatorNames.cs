using System.Buffers;
using Sentinel.AdminApi.Problems;

namespace Sentinel.AdminApi.Operators;

/// <summary>What operators and their tokens may be called.</summary>
internal static class OperatorNames
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> _allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-@");

    public static void Check(string? name, string field, FieldErrors errors) =>
        errors.Check(
            name is { Length: >= 1 and <= MaxLength } && !name.AsSpan().ContainsAnyExcept(_allowed),
            field,
            $"1 to {MaxLength} letters, digits and . _ - @");
}
