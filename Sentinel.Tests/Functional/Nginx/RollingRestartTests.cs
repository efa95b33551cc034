using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Nginx;

public sealed class RollingRestartTests(GateWorld world) : IClassFixture<GateWorld>
{
    private const int Clients = 8;
    private static readonly IPAddress _owner = IPAddress.Parse("127.0.0.9");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proxies_restart_one_after_the_other_and_no_stream_is_lost()
    {
        await using var first = new ProxyProcess(world);
        await using var second = new ProxyProcess(world);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await using var nginx = await NginxServer.StartAsync(
            [first.Address, second.Address], first.Address, first.Address, Production.ProxySecret);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = new Load(nginx, The.Key);
        await load.AskAsync(Cancel); // binds the key

        var clients = Enumerable.Range(0, Clients).Select(_ => load.RunAsync(stop.Token)).ToList();
        foreach (var proxy in (ProxyProcess[])[first, second])
        {
            var before = load.Completed;
            await Eventually.Holds(() => load.Completed > before + Clients);
            await proxy.StopAsync();
            await proxy.StartAsync();
        }

        var after = load.Completed;
        await Eventually.Holds(() => load.Completed > after + Clients);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        Assert.Empty(load.Failures);
    }

    [Fact]
    public async Task Stream_that_ends_within_the_limit_is_whole_and_a_longer_one_is_cut()
    {
        await using var proxy = new ProxyProcess(
            world, ("Sentinel:Draining:Notice", "00:00:00"), ("Sentinel:Draining:Limit", "00:00:08"));
        await proxy.StartAsync();
        using var client = new HttpClient { BaseAddress = proxy.Address };
        var key = The.Key;
        using (var binding = await client.SendAsync(Request(key, "pieces-1"), Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, binding.StatusCode);
        }

        using var brief = await OpenAsync(client, Request(key, "pieces-3,pause-1s"));
        using var endless = await OpenAsync(client, Request(key, "pieces-3,pause-600s"));
        var stopped = proxy.StopAsync();

        Assert.Contains("[DONE]", await brief.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        _ = await Assert.ThrowsAnyAsync<Exception>(() => endless.Content.ReadAsStringAsync(Cancel));
        await stopped;
    }

    private static Task<HttpResponseMessage> OpenAsync(HttpClient client, HttpRequestMessage request) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);

    private static HttpRequestMessage Request(string key, string script)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new
            {
                model = "example",
                stream = true,
                messages = new[] { new { role = "user", content = "hi" } },
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("x-script", script);
        request.Headers.Add("X-Sentinel-Proxy", Production.ProxySecret);
        request.Headers.Add("X-Real-IP", _owner.ToString());
        return request;
    }

    /// <summary>Streams through nginx, one after the other, and what became of them.</summary>
    private sealed class Load(NginxServer nginx, string key)
    {
        private int _completed;

        public int Completed => Volatile.Read(ref _completed);

        public ConcurrentQueue<string> Failures { get; } = [];

        public async Task RunAsync(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await AskAsync(Cancel);
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException)
                {
                    Failures.Enqueue(exception.ToString());
                }
            }
        }

        public async Task AskAsync(CancellationToken cancellationToken)
        {
            using var client = nginx.NewClient(_owner);
            using var request = Request(key, "pieces-4,pause-100ms");
            using var answer = await client.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK || !text.Contains("[DONE]", StringComparison.Ordinal))
            {
                Failures.Enqueue($"{answer.StatusCode}: {text}");
            }

            Interlocked.Increment(ref _completed);
        }
    }
}
