using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class HmacSecretsTests
{
    private const string One = "the first secret, with 32 bytes or more";
    private const string Two = "the second secret with 32 bytes or more";

    [Theory]
    [InlineData(null, null,                    "1")]
    [InlineData("",   "",                      "1")]
    [InlineData("7",  null,                    "7")]
    [InlineData("2",  $"1:{Two}",              "2,1")]
    [InlineData("1",  $" 2:{Two} , 3:3{Two},", "1,2,3")]
    [InlineData("1",  $"2:a:{Two}",            "1,2")]
    public void Secrets_are_read_with_the_one_in_use_first(string? id, string? accepted, string ids)
    {
        var read = HmacSecrets.Read(One, id, accepted);

        Assert.Equal(ids, string.Join(',', read.Select(secret => secret.Id)));
        Assert.Equal(One, read[0].Text);
    }

    [Theory]
    [InlineData("0",     null,              "not a number from 1 to 32767")]
    [InlineData("-1",    null,              "not a number from 1 to 32767")]
    [InlineData("32768", null,              "not a number from 1 to 32767")]
    [InlineData("two",   null,              "not a number from 1 to 32767")]
    [InlineData("1",     $"x:{Two}",        "not a number from 1 to 32767")]
    [InlineData("1",     $"1:{Two}",        "has the id 1 of another secret")]
    [InlineData("1",     $"2:{Two},2:{Two}a", "has the id 2 of another secret")]
    [InlineData("1",     $"2:{Two},3:{Two}", "is the same secret as another one")]
    [InlineData("1",     "2:too short",     "has less than 32 bytes")]
    [InlineData("1",     "too short",       "is not of the form id:secret")]
    public void What_cannot_be_right_is_said_without_a_secret(string? id, string? accepted, string problem)
    {
        var problems = HmacSecrets.FindProblems(One, id, accepted);

        Assert.Contains(problem, string.Join(' ', problems), StringComparison.Ordinal);
        Assert.DoesNotContain(problems, it => it.Contains(Two, StringComparison.Ordinal));
        _ = Assert.Throws<FormatException>(() => HmacSecrets.Read(One, id, accepted));
    }

    [Fact]
    public void All_problems_are_said_at_once() =>
        Assert.Equal(3, HmacSecrets.FindProblems("short", "0", "2:short too").Count);

    [Fact]
    public void A_secret_is_not_printed() => Assert.Equal("[secret 3]", new HmacSecret(3, One).ToString());
}
