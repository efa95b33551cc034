using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using StackExchange.Redis;

namespace Sentinel.Storage;

/// <summary>TLS to the stores, if they have certificates of our own CA (<c>Sentinel:Storage:CaFile</c>).</summary>
internal static class StoreTls
{
    /// <summary>As <c>VerifyFull</c> with that CA as the only root, but with a word on what is wrong.</summary>
    public static void Verify(NpgsqlDataSourceBuilder database, OwnAuthority? authority)
    {
        if (authority is null)
        {
            return;
        }

        database.ConnectionStringBuilder.SslMode = SslMode.Require;
        database.ConnectionStringBuilder.RootCertificate = null;
        database.UseSslClientAuthenticationOptionsCallback(
            options => options.RemoteCertificateValidationCallback = authority.Validate);
    }

    public static void Verify(ConfigurationOptions redis, OwnAuthority? authority)
    {
        if (authority is null)
        {
            return;
        }

        redis.Ssl = true;
        redis.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        redis.CertificateValidation += authority.Validate;
    }

    public static OwnAuthority? AddAuthority(this IHostApplicationBuilder builder, string store, string caFile)
    {
        if (caFile.Length == 0)
        {
            return null;
        }

        var authority = new OwnAuthority(store, caFile);
        // AddHostedService would take the second of a kind for the first.
        builder.Services.AddSingleton<IHostedService>(services => new Voice(authority, services));
        return authority;
    }

    /// <summary>Lets an authority speak as soon as there is somebody to hear it.</summary>
    private sealed class Voice(OwnAuthority authority, IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            authority.Speak(services.GetRequiredService<ILogger<OwnAuthority>>());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
