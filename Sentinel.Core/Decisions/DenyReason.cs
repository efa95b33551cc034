namespace Sentinel.Core.Decisions;

/// <summary>
/// Why a request was refused: the code is the same in response, log, trace, metric, audit row and console.
/// </summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">The HTTP status of the refusal.</param>
/// <param name="Message">What the owner of the key reads. It never names a network.</param>
public sealed record DenyReason(string Code, int Status, string Message)
{
    public static readonly DenyReason CredentialConflict =
        new("credential_conflict", 400, "The request carries more than one key. Send one key, in one place.");

    public static readonly DenyReason TargetAmbiguous =
        new("target_ambiguous", 400, "The request target can be read in more than one way. Send it normalized.");

    public static readonly DenyReason BadRequest =
        new("bad_request", 400, "The request is malformed.");

    public static readonly DenyReason MethodNotAllowed =
        BadRequest with { Status = 405, Message = "This method is not allowed." };

    public static readonly DenyReason BodyTooLarge =
        BadRequest with { Status = 413, Message = "The body of the request is too large." };

    public static readonly DenyReason BodyTooSlow =
        BadRequest with { Status = 408, Message = "The body of the request did not arrive in time." };

    public static readonly DenyReason RouteUnknown =
        BadRequest with { Status = 404, Message = "Nothing is served at this path, by this method, on this host." };

    public static readonly DenyReason CredentialMissing =
        new("credential_missing", 401, "No API key was sent. Send it as a Bearer token in the Authorization header.");

    public static readonly DenyReason CredentialInvalid =
        new("credential_invalid", 401, "The API key is not well formed.");

    public static readonly DenyReason AddressMismatch =
        new("address_mismatch", 403, "This API key is bound to another network. Ask the operator to allow this one.");

    public static readonly DenyReason Banned =
        new("banned", 403, "This API key was banned by the operator.");

    public static readonly DenyReason Blocked =
        new("blocked", 403, "This API key is blocked for now because of unusual use.");

    public static readonly DenyReason Expired =
        new("expired", 403, "This API key has expired.");

    public static readonly DenyReason Disabled =
        new("disabled", 403, "This API key is disabled.");

    public static readonly DenyReason ApprovalRequired =
        new("approval_required", 403, "The use of this API key from this network waits for the operator's approval.");

    public static readonly DenyReason ServiceNotAllowed =
        new("service_not_allowed", 403, "This API key is not allowed to use this service.");

    public static readonly DenyReason CallerUnknown =
        new("caller_unknown", 403, "The network address of the caller cannot be determined.");

    public static readonly DenyReason ClaimPending =
        new("claim_pending", 409, "The first use of this API key is being settled. Try again shortly.");

    public static readonly DenyReason RateLimited =
        new("rate_limited", 429, "Too many requests with this API key. Try again later.");

    public static readonly DenyReason BindFlood =
        new("bind_flood", 429, "Too many new API keys were used from this network. Try again later.");

    public static readonly DenyReason DownstreamUnavailable =
        new("downstream_unavailable", 502, "The service behind the gateway cannot be reached.");

    public static readonly DenyReason DownstreamTimeout =
        new("downstream_timeout", 504, "The service behind the gateway did not answer in time.");

    public static readonly DenyReason StoreUnavailable =
        new("store_unavailable", 503, "The gateway cannot verify API keys at the moment. Try again shortly.");

    public static readonly DenyReason Overloaded =
        new("overloaded", 503, "The gateway is overloaded. Try again shortly.");

    public override string ToString() => Code;
}
