using Microsoft.AspNetCore.Http.HttpResults;

namespace Sentinel.AdminApi.Problems;

/// <summary>Collects what is wrong with a request, field by field, so that all of it is reported at once.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> _errors = [];

    public const string NetworkExpected = "An address or a network is expected, such as 192.0.2.0/24.";

    public bool Any => _errors.Count > 0;

    /// <summary>Notes a fault, unless the field has one already.</summary>
    public void Check(bool isRight, string field, string message)
    {
        if (!isRight)
        {
            _ = _errors.TryAdd(field, [message]);
        }
    }

    public ValidationProblem ToProblem() => TypedResults.ValidationProblem(_errors);
}
