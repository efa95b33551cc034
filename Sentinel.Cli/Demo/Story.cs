using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text.Json;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;
using Sentinel.Core.Credentials;

namespace Sentinel.Cli.Demo;

/// <summary>The story of a key, told with real requests: bound, used, stolen, refused, released.</summary>
internal sealed class Story(Stage stage, Gateway gateway, AdminDesk desk, AdminLogin login)
{
    /// <summary>How long an admin's change may take to reach a proxy, with plenty to spare.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly string _key = $"sk-{RandomNumberGenerator.GetHexString(40, lowercase: true)}";

    /// <summary>Two networks of the documentation ranges, others in every run.</summary>
    private readonly IPAddress _home = new([203, 0, 113, (byte)RandomNumberGenerator.GetInt32(1, 255)]);

    private readonly IPAddress _elsewhere = new([198, 51, 100, (byte)RandomNumberGenerator.GetInt32(1, 255)]);

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await BindAsync(cancellationToken);
        await StreamAsync(cancellationToken);
        var requestId = await StealAsync(cancellationToken);
        var row = await LookAsync(requestId, cancellationToken);
        await ReleaseAsync(row, cancellationToken);
        await BindAnewAsync(cancellationToken);
    }

    private async Task BindAsync(CancellationToken cancellationToken)
    {
        stage.Scene("A new key is used for the first time");
        using var answer = await gateway.AskAsync(_key, _home, stream: false, cancellationToken);
        Expect(answer, HttpStatusCode.OK, "the first use of a key to pass. Does DOWNSTREAM_URL name a real service? "
            + "Then it does not know the demo's key: the demo needs the example downstream");
        stage.Say($"{KeyHint.Of(_key)} from [green]{_home}[/]: [green]200[/]. It is bound to that network now.");
    }

    private async Task StreamAsync(CancellationToken cancellationToken)
    {
        stage.Scene("The same network goes on, and streams");
        using var answer = await gateway.AskAsync(_key, _home, stream: true, cancellationToken);
        Expect(answer, HttpStatusCode.OK, "the key to pass from its own network");
        stage.Say($"{KeyHint.Of(_key)} from [green]{_home}[/]: [green]200[/], word by word:");
        stage.Word("   ");
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var piece in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            stage.Word(TextOf(piece.Data));
        }

        stage.EndLine();
    }

    private async Task<string> StealAsync(CancellationToken cancellationToken)
    {
        stage.Scene("The key leaks, and somebody tries it from another network");
        using var answer = await gateway.AskAsync(_key, _elsewhere, stream: false, cancellationToken);
        Expect(answer, HttpStatusCode.Forbidden, "the key to be refused from another network. "
            + "Is 127.0.0.1 in TRUSTED_PROXIES, so that the demo can come from two networks?");
        var requestId = HeaderOf(answer, "x-request-id");
        stage.Say($"{KeyHint.Of(_key)} from [red]{_elsewhere}[/]: [red]403 {HeaderOf(answer, "x-sentinel-reason")}[/]");
        stage.Say($"“{await Gateway.RefusalAsync(answer, cancellationToken)}”");
        return requestId;
    }

    private async Task<LogEntry> LookAsync(string requestId, CancellationToken cancellationToken)
    {
        stage.Scene("The admin sees it in the intercept log");
        await desk.SignInAsync(login, cancellationToken);
        var row = await desk.FindAsync(requestId, _elsewhere, cancellationToken);
        stage.Row(row);
        return row;
    }

    private async Task ReleaseAsync(LogEntry row, CancellationToken cancellationToken)
    {
        stage.Scene("It was the owner, who has moved: the admin releases the key");
        var binding = row.BindingId ?? throw new VerbException("The row of the refusal names no binding.");
        await desk.ReleaseAsync(binding, cancellationToken);
        stage.Say($"Binding {binding} is gone; all proxies hear of it within a second.");
    }

    private async Task BindAnewAsync(CancellationToken cancellationToken)
    {
        stage.Scene("The next use binds it anew");
        await AskUntilPassedAsync(cancellationToken);
        stage.Say($"{KeyHint.Of(_key)} from [green]{_elsewhere}[/]: [green]200[/]");
        using var old = await gateway.AskAsync(_key, _home, stream: false, cancellationToken);
        Expect(old, HttpStatusCode.Forbidden, "the key to be refused from its former network");
        stage.Say($"{KeyHint.Of(_key)} from [red]{_home}[/]: [red]403 {HeaderOf(old, "x-sentinel-reason")}[/]");
    }

    private async Task AskUntilPassedAsync(CancellationToken cancellationToken)
    {
        var deadline = Stopwatch.StartNew();
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await retry.WaitForNextTickAsync(cancellationToken))
        {
            using var answer = await gateway.AskAsync(_key, _elsewhere, stream: false, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            Require(deadline.Elapsed < _patience, answer, "the released key to bind anew");
        }
    }

    private static string TextOf(string data)
    {
        if (data is "[DONE]")
        {
            return "";
        }

        using var chunk = JsonDocument.Parse(data);
        var delta = chunk.RootElement.GetProperty("choices")[0].GetProperty("delta");
        return delta.TryGetProperty("content", out var text) ? text.GetString() ?? "" : "";
    }

    private static string HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : "";

    private static void Expect(HttpResponseMessage answer, HttpStatusCode status, string expected) =>
        Require(answer.StatusCode == status, answer, expected);

    private static void Require(bool kept, HttpResponseMessage answer, string expected)
    {
        if (!kept)
        {
            throw new VerbException($"The proxy answered {(int)answer.StatusCode} where the demo expected {expected}.");
        }
    }
}
