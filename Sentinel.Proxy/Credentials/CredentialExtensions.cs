using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.Proxy.Credentials;

internal static class CredentialExtensions
{
    public static void AddCredentials(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CredentialOptions>()
            .BindConfiguration(CredentialOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(
                options => Profiles.TryGet(options.Profile, out _),
                $"Sentinel:Credentials:Profile is one of {string.Join(", ", Profiles.Names)}.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CredentialOptions>, SecretRingValidator>();
        services.AddSingleton(provider => new SecretRing(Options(provider).Secrets));
        services.AddSingleton(provider => provider.GetRequiredService<SecretRing>().Current);
        services.AddHostedService<SecretRegistrar>();
        services.AddSingleton(provider => new SubProtocols(CommaList.Split(Options(provider).KnownSubProtocols)));
        services.AddSingleton(provider => CreateProfile(Options(provider)));
        services.AddSingleton<KeyExtractor>();
        services.AddSingleton<CarrierRewriter>();
    }

    private static Profile CreateProfile(CredentialOptions options) =>
        Profiles.TryGet(options.Profile, out var profile)
            ? profile with { FoldsCase = options.KeyComparison == KeyComparison.IgnoreCase }
            : throw new InvalidOperationException($"There is no profile '{options.Profile}'.");

    private static CredentialOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CredentialOptions>>().Value;
}
