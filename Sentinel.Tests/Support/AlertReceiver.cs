using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sentinel.Tests.Support;

/// <summary>A webhook on a real socket that tells what it received, and answers as it is told.</summary>
public sealed class AlertReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedAlert> _received = [];

    private AlertReceiver(WebApplication app) => _app = app;

    /// <summary>Answers a request; the alert was noted before. Without it the answer is 200.</summary>
    public Func<ReceivedAlert, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<ReceivedAlert> Received => [.. _received];

    public static async Task<AlertReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new AlertReceiver(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Does not answer until the sender is gone.</summary>
    public static async Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var alert = new ReceivedAlert(
            $"{context.Request.Path}{context.Request.QueryString}",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            await reader.ReadToEndAsync());
        _received.Enqueue(alert);
        await Answer(alert, context);
    }
}

/// <summary>A request that a webhook received.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
public sealed record ReceivedAlert(string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public Guid Id => Guid.Parse(Headers["X-Sentinel-Id"]);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>Whether it was signed with this secret, as a receiver would check it.</summary>
    public bool IsSignedWith(string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{Headers["X-Sentinel-Timestamp"]}.{Headers["X-Sentinel-Id"]}.{Body}");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return Headers["X-Sentinel-Signature"] == $"v1={Convert.ToHexStringLower(signature)}";
    }
}
