using System.ComponentModel.DataAnnotations;

namespace Sentinel.AdminUi.Api;

/// <summary>Where the admin API is.</summary>
internal sealed class AdminApiOptions
{
    public const string SectionName = "Sentinel:AdminApi";

    /// <summary>Its address without a path, such as <c>http://localhost:7001</c>.</summary>
    [Required(ErrorMessage = "Set Sentinel:AdminApi:Url or ADMIN_API_URL to the address of the admin API.")]
    public Uri? Url { get; set; }

    /// <summary>How long one call may take. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a lost admin API is looked for. Default: 2 seconds.</summary>
    public TimeSpan RetryEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Where the dashboard that holds the traces is; none by default.</summary>
    public Uri? TracesUrl { get; set; }
}
