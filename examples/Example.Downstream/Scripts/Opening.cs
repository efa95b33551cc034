namespace Example.Downstream.Scripts;

/// <summary>What a script does before the answer, or in its place.</summary>
internal static class Opening
{
    private const string Page = "<!doctype html><title>Example</title><p>This is a page, not an API.";

    /// <summary>Keeps silent as long as the script says; true if it answered, too, and nothing is left to do.</summary>
    public static async Task<bool> PlayAsync(HttpContext context, Script script, Func<int, string, object> error)
    {
        await Task.Delay(script.StartAfter, context.RequestAborted);
        IResult? answer = script switch
        {
            { BareStatus: { } status } => Results.StatusCode(status),
            { Error: { } status } => Results.Json(error(status, $"Scripted error {status}."), statusCode: status),
            { Html: true } => Results.Content(Page, "text/html; charset=utf-8"),
            _ => null,
        };
        if (answer is null)
        {
            return false;
        }

        await answer.ExecuteAsync(context);
        return true;
    }
}
