using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>What came of a call: a value, or why there is none.</summary>
public sealed record ApiAnswer<T>(T? Value, ApiFailure? Failure = null)
    where T : class
{
    /// <summary>The same answer with its value seen another way.</summary>
    internal ApiAnswer<TOther> Select<TOther>(Func<T, TOther> see)
        where TOther : class => new(Value is null ? null : see(Value), Failure);
}

/// <summary>Why a call gave no value. Closed: signed out, unavailable or refused.</summary>
public abstract record ApiFailure
{
    private ApiFailure()
    {
    }

    /// <summary>The session is over, or was ended.</summary>
    public sealed record SignedOut : ApiFailure;

    /// <summary>The admin API does not answer, or cannot at the moment.</summary>
    /// <param name="Cause">What happened, for the log.</param>
    public sealed record Unavailable(string Cause) : ApiFailure;

    /// <summary>The admin API answered, and said no.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Problem">What it said.</param>
    /// <param name="RetryAfter">When another attempt makes sense, if it said so.</param>
    public sealed record Refused(int Status, Problem Problem, TimeSpan? RetryAfter) : ApiFailure;
}
