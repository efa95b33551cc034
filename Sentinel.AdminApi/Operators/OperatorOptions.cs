using System.ComponentModel.DataAnnotations;

namespace Sentinel.AdminApi.Operators;

/// <summary>The built-in admin, the tokens of operators, and how guessing a password is held up.</summary>
public sealed class OperatorOptions
{
    public const string SectionName = "Sentinel:Operators";

    /// <summary>The name of the built-in admin (<c>ADMIN_USERNAME</c>). Default <c>admin</c>.</summary>
    [Required(ErrorMessage = "Set Sentinel:Operators:Username or ADMIN_USERNAME.")]
    public string Username { get; set; } = "admin";

    /// <summary>
    /// The password of the built-in admin (<c>ADMIN_PASSWORD</c>), at least 8 characters. No default.
    /// </summary>
    [Required(ErrorMessage = "Set Sentinel:Operators:Password or ADMIN_PASSWORD.")]
    [MinLength(8, ErrorMessage = "Sentinel:Operators:Password (ADMIN_PASSWORD) has less than 8 characters.")]
    public string Password { get; set; } = "";

    /// <summary>
    /// Signs the tokens by HS256 (<c>ADMIN_JWT_SECRET</c>), at least 32 characters. No default; needed unless there is
    /// a <see cref="JwtPrivateKeyFile"/>.
    /// </summary>
    public string JwtSecret { get; set; } = "";

    /// <summary>
    /// A file with an RSA key in PEM, of 2048 bits or more, that signs the tokens by RS256
    /// (<c>ADMIN_JWT_PRIVATE_KEY_FILE</c>). None by default.
    /// </summary>
    public string? JwtPrivateKeyFile { get; set; }

    /// <summary>
    /// The secret before (<c>ADMIN_JWT_SECRET_PREVIOUS</c>): what it signed is believed until it expires. None by
    /// default; needed no longer than <see cref="TokenLifetime"/>.
    /// </summary>
    public string? JwtPreviousSecret { get; set; }

    /// <summary>
    /// A file with the RSA key before, or its public half (<c>ADMIN_JWT_PREVIOUS_KEY_FILE</c>); as above.
    /// </summary>
    public string? JwtPreviousKeyFile { get; set; }

    /// <summary>How long a token is valid. Default 8 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Failures of one user from one network before it is locked out. Default 5.</summary>
    [Range(1, 100)]
    public int MaxFailures { get; set; } = 5;

    /// <summary>How long failures are counted and a lockout lasts. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How much failures from everywhere may slow a user's sign-in. Default 2 seconds: strangers who know a name
    /// can slow its owner, never lock him out.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(2);
}
