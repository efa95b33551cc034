using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class KeyHintTests
{
    [Theory]
    [InlineData("sk-abcdefghijklmnopqrstu", "sk-…rstu")]
    [InlineData("sk-ant-api03-abcdefghijk", "sk-ant-api03-…hijk")]
    [InlineData("sk-abcdefghijklmnopqrst", "…")]
    [InlineData("AIzaSyabcdefghijklmnopqr", "AIza…opqr")]
    [InlineData("gsk_abcdefghijklmnopqrst", "gsk_…qrst")]
    [InlineData("acme-abcdefghijklmnopqrs", "…pqrs")]
    [InlineData("", "…")]
    public void A_hint_shows_a_public_prefix_and_four_characters_of_a_long_key(string key, string hint) =>
        Assert.Equal(hint, KeyHint.Of(key));
}
