using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class SecretRingTests
{
    private static readonly HmacSecret _old = new(1, "the old secret, with 32 bytes or more");
    private static readonly HmacSecret _new = new(2, "the new secret, with 32 bytes or more");

    [Theory]
    [InlineData("generic", "sk-ABC",                                                            "")]
    [InlineData("generic", "sk-aaaaaaaaaaaabbbbbbbbbbbbccccccccccccdddddddddddd-7",              "")]
    [InlineData("new-api", "sk-aaaaaaaaaaaabbbbbbbbbbbb-7",                                      "team")]
    public void Key_has_the_name_that_each_secret_alone_would_give_it(string profile, string key, string realm)
    {
        using var ring = new SecretRing([_new, _old]);

        var names = ring.NamesOf(Read(ring, profile, key, realm));

        Assert.Equal([NameUnder(_old), NameUnder(_new)], names);
        Assert.False(ring.IsAlone);
        Assert.Equal(_new.Id, ring.CurrentId);

        KeyName NameUnder(HmacSecret secret)
        {
            using var alone = new SecretRing([secret]);
            return new KeyName(secret.Id, Read(alone, profile, key, realm).Fingerprint);
        }
    }

    [Fact]
    public void Without_a_rotation_a_key_has_the_one_name_that_it_came_with()
    {
        using var ring = new SecretRing([_old]);
        var credential = Read(ring, "generic", "sk-abc", "");

        Assert.True(ring.IsAlone);
        Assert.Equal([new KeyName(1, credential.Fingerprint)], ring.NamesOf(credential));
    }

    [Fact]
    public void Proof_tells_one_secret_from_another_and_not_what_it_is()
    {
        using var ring = new SecretRing([_new, _old]);

        Assert.Equal([(short)1, (short)2], ring.Proofs.Keys.Order());
        Assert.NotEqual(ring.Proofs[1], ring.Proofs[2]);
        Assert.DoesNotContain(ring.Proofs.Values, proof => proof.AsSpan().SequenceEqual(_new.ToByteArray()));
    }

    private static Credential Read(SecretRing ring, string profile, string key, string realm)
    {
        var keys = new KeyCollector(Presented.Profile(profile) with { Realm = realm });
        keys.Add(Carriers.Authorization, key);
        Assert.True(keys.TryConclude(ring.Current, out var credential, out _));
        return credential;
    }
}
