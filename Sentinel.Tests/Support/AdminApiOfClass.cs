using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Core.Trail;
using Sentinel.Storage.Postgres;

namespace Sentinel.Tests.Support;

/// <summary>The admin API of one test class, with stores of its own and an operator who signed in.</summary>
public sealed class AdminApiOfClass(RealStores stores) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public StoresOfClass Stores { get; } = new(stores);

    public AdminApi Api { get; private set; } = null!;

    public HttpClient Operator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Stores.InitializeAsync();
        Api = AdminApi.Start(Stores.Database, Stores.Redis);
        Operator = await Api.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        await Api.DisposeAsync();
        await Stores.DisposeAsync();
    }

    /// <summary>Another operator, whose password is that of the built-in admin.</summary>
    public async Task<UserItem> NewUserAsync(string role)
    {
        using var answer = await PostAsync(
            "users", new NewUser($"{role}-{Guid.NewGuid():n}", AdminApi.Password, role));
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<UserItem>(Cancel))!;
    }

    /// <summary>Another operator who signed in.</summary>
    public async Task<HttpClient> SignInAsync(string role) =>
        await Api.SignInAsync((await NewUserAsync(role)).Username);

    /// <summary>A client with a script's token.</summary>
    public async Task<HttpClient> ScriptAsync(HttpClient owner, NewToken token)
    {
        using var answer = await owner.PostAsJsonAsync("/admin/api/tokens", token, Cancel);
        var made = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<MadeToken>(Cancel);
        var client = Api.NewClient(IPAddress.Loopback);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made!.Token);
        return client;
    }

    /// <summary>A key that the gate bound to the caller's network.</summary>
    public async Task<Binding> BindAsync(
        ClientAddress? caller = null, string hint = "sk-…wxyz", KeyFingerprint? key = null)
    {
        var use = The.FirstUse(key ?? The.Fingerprint, caller ?? The.Caller) with { Hint = hint };
        return (await Stores.Host.Get<BindingStore>().PromoteAsync(use, Cancel)).Current;
    }

    /// <summary>A refusal that the gate recorded.</summary>
    public async Task<Intercept> InterceptAsync(Binding? binding, Func<Intercept, Intercept>? with = null)
    {
        var intercept = new Intercept(
            Guid.NewGuid(), DateTimeOffset.UtcNow, DenyReason.AddressMismatch.Code, "sk-…wxyz", binding?.Fingerprint,
            binding?.Id, The.Stranger, "POST", "/v1/chat/completions", "curl/8", Guid.NewGuid().ToString("n"),
            Guid.NewGuid().ToString("n"), "default", Observed: false)
        {
            Networks = binding?.Networks ?? [],
        };
        intercept = with is null ? intercept : with(intercept);
        await Stores.Host.Get<InterceptStore>().WriteAsync([intercept], Cancel);
        return intercept;
    }

    public async Task<T> GetAsync<T>(string path) =>
        (await Operator.GetFromJsonAsync<T>($"/admin/api/{path}", Cancel))!;

    public Task<HttpResponseMessage> PostAsync(string path, object body) =>
        Operator.PostAsJsonAsync($"/admin/api/{path}", body, Cancel);

    public Task<HttpResponseMessage> PutAsync(string path, object body) =>
        Operator.PutAsJsonAsync($"/admin/api/{path}", body, Cancel);

    public Task<BindingDetails> BindingAsync(Guid id) => GetAsync<BindingDetails>($"bindings/{id}");
}
