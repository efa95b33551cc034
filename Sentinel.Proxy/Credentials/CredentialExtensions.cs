using System.Text;
using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Credentials;

internal static class CredentialExtensions
{
    public static void AddCredentials(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CredentialOptions>()
            .BindConfiguration(CredentialOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton(services =>
        {
            var options = services.GetRequiredService<IOptions<CredentialOptions>>().Value;
            return new Fingerprinter(Encoding.UTF8.GetBytes(options.HmacSecret));
        });
        builder.Services.AddSingleton(Profile.Generic);
        builder.Services.AddSingleton<KeyExtractor>();
    }
}
