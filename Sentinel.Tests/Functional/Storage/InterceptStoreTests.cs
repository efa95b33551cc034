using System.Net;
using Sentinel.Core.Trail;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class InterceptStoreTests(StoresOfClass stores) : IClassFixture<StoresOfClass>
{
    private readonly InterceptStore _store = stores.Host.Get<InterceptStore>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_is_written_once_even_if_it_is_written_twice()
    {
        Intercept[] batch = [.. Enumerable.Range(0, 100).Select(_ => NewIntercept())];

        await _store.WriteAsync(batch, Cancel);
        await _store.WriteAsync(batch, Cancel);

        Assert.Equal(100, await stores.Host.ScalarAsync<long>(
            "SELECT count(*) FROM intercept_logs WHERE id = ANY ($1)", batch.Select(it => it.Id).ToArray()));
    }

    [Fact]
    public async Task Record_keeps_the_networks_of_the_key_and_the_number_of_refusals()
    {
        var intercept = NewIntercept() with
        {
            Networks = [The.Network("203.0.113.0/24"), The.Network("2001:db8::/64")],
            Count = 7,
        };

        await _store.WriteAsync([intercept], Cancel);

        const string Row = " FROM intercept_logs WHERE id = $1";
        Assert.Equal(
            intercept.Networks.Select(it => it.ToIPNetwork()),
            await stores.Host.ScalarAsync<IPNetwork[]>("SELECT networks" + Row, intercept.Id));
        Assert.Equal(7, await stores.Host.ScalarAsync<int>("SELECT count" + Row, intercept.Id));
    }

    [Fact]
    public async Task What_could_not_be_determined_is_left_open()
    {
        var intercept = NewIntercept() with { Caller = null, Fingerprint = null, BindingId = null };

        await _store.WriteAsync([intercept], Cancel);

        Assert.True(await stores.Host.ScalarAsync<bool>(
            "SELECT caller IS NULL AND fingerprint IS NULL AND binding_id IS NULL FROM intercept_logs WHERE id = $1",
            intercept.Id));
    }

    [Theory]
    [InlineData(0x0000, 0xfffd)]
    [InlineData(0xd83d, 0xfffd)]
    [InlineData(0x2026, 0x2026)]
    public async Task No_text_of_a_client_keeps_a_batch_from_being_written(char sent, char kept)
    {
        var intercept = NewIntercept() with { UserAgent = $"curl{sent}", RequestId = new string('é', 10_000) };

        await _store.WriteAsync([NewIntercept(), intercept], Cancel);

        Assert.Equal($"curl{kept}", await stores.Host.ScalarAsync<string>(
            "SELECT user_agent FROM intercept_logs WHERE id = $1", intercept.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Row_of_a_prepared_month_lies_in_the_partition_of_that_month(int months)
    {
        var intercept = NewIntercept() with { OccurredAt = DateTimeOffset.UtcNow.AddMonths(months) };

        await _store.WriteAsync([intercept], Cancel);

        Assert.Equal($"intercept_logs_{intercept.OccurredAt:yyyy_MM}", await PartitionOfAsync(intercept));
    }

    [Fact]
    public async Task Row_of_a_month_nobody_prepared_is_kept_and_moves_once_the_month_is_prepared()
    {
        var intercept = NewIntercept() with { OccurredAt = DateTimeOffset.UtcNow.AddMonths(5) };
        await _store.WriteAsync([intercept], Cancel);
        Assert.Equal("intercept_logs_default", await PartitionOfAsync(intercept));

        _ = await stores.Host.ScalarAsync<object>("SELECT prepare_intercept_months(5)::text");

        Assert.Equal($"intercept_logs_{intercept.OccurredAt:yyyy_MM}", await PartitionOfAsync(intercept));
    }

    private Task<string> PartitionOfAsync(Intercept intercept) => stores.Host.ScalarAsync<string>(
        "SELECT tableoid::regclass::text FROM intercept_logs WHERE id = $1", intercept.Id);

    private static Intercept NewIntercept() => new(
        Guid.CreateVersion7(), DateTimeOffset.UtcNow, "address_mismatch", "sk-…wxyz", The.Fingerprint, Guid.NewGuid(),
        The.Stranger, "POST", "/v1/chat/completions", "curl/8", "request", "trace", "default", Observed: false);
}
