using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

/// <summary>Keys of tokens are rotated and nobody is signed out; each is good for its own algorithm.</summary>
public sealed class AdminApiKeyRotationTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>, IDisposable
{
    private const string NextSecret = "signs the tokens from now on, and is long enough";

    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_of_the_secret_before_is_believed_until_that_is_taken_away()
    {
        await using var rotated = Start(
            ("ADMIN_JWT_SECRET_PREVIOUS", Support.AdminApi.JwtSecret), ("Sentinel:Operators:JwtSecret", NextSecret));
        await using var done = Start(("Sentinel:Operators:JwtSecret", NextSecret));
        using var before = await admin.Api.SignInAsync();
        using var after = await rotated.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await AskAsync(rotated, TokenOf(before)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(rotated, TokenOf(after)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(done, TokenOf(after)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(done, TokenOf(before)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(admin.Api, TokenOf(after)));
    }

    [Fact]
    public async Task Private_key_signs_by_RS256_and_the_one_before_is_believed()
    {
        var (old, young) = (NewKey("old"), NewKey("young"));
        await using var first = Start(OnlyKey(old));
        await using var second = Start([.. OnlyKey(young), ("ADMIN_JWT_PREVIOUS_KEY_FILE", old)]);
        await using var third = Start(OnlyKey(young));
        using var before = await first.SignInAsync();
        using var after = await second.SignInAsync();

        Assert.Equal("RS256", HeaderOf(TokenOf(before)).GetProperty("alg").GetString());
        Assert.Equal(HttpStatusCode.OK, await AskAsync(first, TokenOf(before)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(second, TokenOf(before)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(second, TokenOf(after)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(third, TokenOf(after)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(third, TokenOf(before)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(admin.Api, TokenOf(before)));
    }

    [Fact]
    public async Task Operator_is_unlocked_by_whatever_signs_the_tokens_and_by_nothing_else()
    {
        var (key, other, secret) = (NewKey("admin.key"), NewKey("other.key"), PathOf("secret"));
        await File.WriteAllTextAsync(secret, Support.AdminApi.JwtSecret, Cancel);
        await File.WriteAllTextAsync(PathOf("broken.key"), "-----BEGIN PRIVATE KEY-----", Cancel);
        await using var signed = Start(OnlyKey(key));
        await using var both = Start(("ADMIN_JWT_PRIVATE_KEY_FILE", key));

        Assert.Equal(ExitCode.Done, await UnlockAsync(signed, key));
        Assert.Equal(ExitCode.Done, await UnlockAsync(both, key));
        Assert.Equal(ExitCode.Done, await UnlockAsync(both, secret));
        Assert.Equal(ExitCode.Done, await UnlockAsync(admin.Api, secret));
        Assert.Equal(ExitCode.Failed, await UnlockAsync(signed, other));
        Assert.Equal(ExitCode.Failed, await UnlockAsync(signed, secret));
        Assert.Equal(ExitCode.Failed, await UnlockAsync(admin.Api, key));
        Assert.Equal(ExitCode.WrongUsage, await UnlockAsync(signed, PathOf("broken.key")));
        Assert.Equal(ExitCode.SomethingMissing, await UnlockAsync(signed, PathOf("nothing.key")));
    }

    [Fact]
    public async Task Public_key_is_no_secret_and_no_token_chooses_its_algorithm()
    {
        var file = NewKey("key");
        await using var api = Start(OnlyKey(file));
        using var operatorClient = await api.SignInAsync();
        var token = TokenOf(operatorClient);
        using var key = RSA.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(file, Cancel));
        var name = HeaderOf(token).GetProperty("kid").GetString();
        byte[][] guesses =
        [
            Encoding.UTF8.GetBytes(key.ExportSubjectPublicKeyInfoPem()), key.ExportSubjectPublicKeyInfo(),
            Encoding.UTF8.GetBytes(key.ExportRSAPublicKeyPem()), key.ExportRSAPublicKey(),
            key.ExportParameters(false).Modulus!, [],
        ];

        foreach (var header in (string[])[$$"""{"alg":"HS256","kid":"{{name}}"}""", """{"alg":"HS256"}"""])
        {
            foreach (var guess in guesses)
            {
                Assert.Equal(
                    HttpStatusCode.Unauthorized,
                    await AskAsync(api, Sign(header, token, content => HMACSHA256.HashData(guess, content))));
            }
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(api, Sign("""{"alg":"none"}""", token, _ => [])));
        foreach (var (algorithm, hash, padding) in Others())
        {
            var header = $$"""{"alg":"{{algorithm}}","kid":"{{name}}"}""";
            var forged = Sign(header, token, content => key.SignData(content, hash, padding));
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(api, forged));
        }

        var sound = Sign(
            $$"""{"alg":"RS256","kid":"{{name}}"}""", token,
            content => key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, sound));
    }

    [Theory]
    [InlineData("ADMIN_JWT_PRIVATE_KEY_FILE", "nothing.key", "holds no private RSA key")]
    [InlineData("ADMIN_JWT_PRIVATE_KEY_FILE", "short.key", "has less than 2048 bits")]
    [InlineData("ADMIN_JWT_PRIVATE_KEY_FILE", "public.key", "holds no private RSA key")]
    [InlineData("ADMIN_JWT_SECRET_PREVIOUS", "short", "has less than 32 characters")]
    public void Admin_API_does_not_start_with_keys_that_sign_nothing(string setting, string value, string message)
    {
        using var pair = RSA.Create(1024);
        File.WriteAllText(PathOf("short.key"), pair.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(PathOf("public.key"), pair.ExportSubjectPublicKeyInfoPem());
        var given = value.EndsWith(".key", StringComparison.Ordinal) ? PathOf(value) : value;

        Assert.Contains(message, Assert.ThrowsAny<Exception>(() => Start((setting, given))).ToString());
    }

    [Fact]
    public void Admin_API_does_not_start_without_any_key() => Assert.Contains(
        "Set Sentinel:Operators:JwtSecret or ADMIN_JWT_SECRET, or ADMIN_JWT_PRIVATE_KEY_FILE",
        Assert.ThrowsAny<Exception>(() => Start(("Sentinel:Operators:JwtSecret", ""))).ToString());

    public void Dispose() => _folder.Delete(recursive: true);

    private static (string, string)[] OnlyKey(string file) =>
        [("ADMIN_JWT_PRIVATE_KEY_FILE", file), ("Sentinel:Operators:JwtSecret", "")];

    private static (string, HashAlgorithmName, RSASignaturePadding)[] Others() =>
    [
        ("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        ("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        ("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
    ];

    private static string TokenOf(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;

    private static JsonElement HeaderOf(string token) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement;

    /// <summary>What a token says, under another header and signature.</summary>
    private static string Sign(string header, string token, Func<byte[], byte[]> sign)
    {
        var content = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{token.Split('.')[1]}";
        return $"{content}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    private static async Task<HttpStatusCode> AskAsync(Support.AdminApi api, string token)
    {
        using var client = api.NewClient(IPAddress.Loopback);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await client.GetAsync("/admin/api/dashboard", Cancel);
        return answer.StatusCode;
    }

    private static async Task<int> UnlockAsync(Support.AdminApi api, string file)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        return await SentinelCommand.RunAsync(
            ["admin", "unlock", "admin", "--admin-api", $"{api.Address}", "--secret-file", file],
            Terminal.To(output), Cancel);
    }

    private Support.AdminApi Start(params (string Name, string Value)[] settings) =>
        Support.AdminApi.Start(admin.Stores.Database, admin.Stores.Redis, settings);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string NewKey(string name)
    {
        using var pair = RSA.Create(2048);
        File.WriteAllText(PathOf(name), pair.ExportPkcs8PrivateKeyPem());
        return PathOf(name);
    }
}
