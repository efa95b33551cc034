using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.Tests.Unit.ServiceDefaults;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("Host=db;Username=u", "Host=db;Username=u")]
    [InlineData("postgresql://db", "Host=db")]
    [InlineData("postgres://u:p@db/s", "Host=db;Username=u;Password=p;Database=s")]
    [InlineData("postgresql://u:p@db:5433/s", "Host=db;Port=5433;Username=u;Password=p;Database=s")]
    [InlineData("postgresql+asyncpg://u:p@db/s", "Host=db;Username=u;Password=p;Database=s")]
    [InlineData("postgresql://u:p%40%2F%3A@db/s", "Host=db;Username=u;Password=p@/:;Database=s")]
    [InlineData("postgresql://u:p;x%3D'@db/s", "Host=db;Username=u;Password=\"p;x='\";Database=s")]
    [InlineData("postgresql://u@[::1]:5432/s", "Host=::1;Port=5432;Username=u;Database=s")]
    [InlineData("postgresql://db/s?sslmode=verify-full", "Host=db;Database=s;SSL Mode=VerifyFull")]
    [InlineData("postgresql://db/s?ssl=require", "Host=db;Database=s;SSL Mode=Require")]
    [InlineData("postgresql://db?sslrootcert=/ca.crt", "Host=db;Root Certificate=/ca.crt")]
    public void PostgreSQL_address_becomes_what_Npgsql_reads(string dsn, string expected) =>
        Assert.Equal(expected, PostgresDsn.ToConnectionString(dsn), ignoreCase: true);

    [Theory]
    [InlineData("cache:6379,ssl=true", "cache:6379,ssl=true")]
    [InlineData("redis://cache", "cache:6379")]
    [InlineData("redis://cache:6380/2", "cache:6380,defaultDatabase=2")]
    [InlineData("redis://:p%40ss@cache", "cache:6379,password=p@ss")]
    [InlineData("redis://default:pass@cache/0", "cache:6379,password=pass,defaultDatabase=0")]
    [InlineData("redis://someone:pass@cache", "cache:6379,user=someone,password=pass")]
    [InlineData("rediss://:pass@cache:6380", "cache:6380,password=pass,ssl=true")]
    [InlineData("redis://[::1]:6379", "[::1]:6379")]
    public void Redis_address_becomes_what_its_client_reads(string url, string expected) =>
        Assert.Equal(expected, RedisUrl.ToConnectionString(url));

    [Theory]
    [InlineData("postgresql://")]
    [InlineData("postgresql://db/s?sslmode=maybe")]
    [InlineData("postgresql://db/s?unheard_of=1")]
    public void PostgreSQL_address_that_cannot_be_read_is_an_error_that_names_its_setting(string dsn) =>
        Assert.StartsWith("PG_DSN: ", MessageOf(() => PostgresDsn.ToConnectionString(dsn)));

    [Theory]
    [InlineData("redis://")]
    [InlineData("redis://:with%2Ccomma@cache")]
    public void Redis_address_that_cannot_be_said_is_an_error_that_names_its_setting(string url) =>
        Assert.StartsWith("REDIS_URL: ", MessageOf(() => RedisUrl.ToConnectionString(url)));

    private static string MessageOf(Func<string> translate) => Assert.Throws<FormatException>(translate).Message;
}
