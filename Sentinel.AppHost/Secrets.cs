using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sentinel.AppHost;

/// <summary>Secrets are made once per state folder and kept there, readable for their owner alone.</summary>
internal static class Secrets
{
    private const int Bytes = 32;

    /// <summary>
    /// A secret that <paramref name="setting"/> gives, if an installation already has one, else a kept one. A stack
    /// that is published has its own: Aspire writes the value of a parameter into a file of the user's home.
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddSecret(
        this IDistributedApplicationBuilder builder, string name, string? setting = null)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddSetting(name, secret: true);
        }

        if (builder.Resources.TryGetByName(name, out var known))
        {
            return builder.CreateResourceBuilder((ParameterResource)known);
        }

        var path = StateFolder.Of(builder).File("secrets", name);
        var given = setting is null ? null : builder.Configuration[setting];
        return builder.AddParameter(name, () => string.IsNullOrEmpty(given) ? Kept(path) : given, secret: true);
    }

    private static string Kept(string path)
    {
        if (!File.Exists(path))
        {
            StateFolder.WritePrivate(path, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));
        }

        return File.ReadAllText(path).Trim();
    }
}
