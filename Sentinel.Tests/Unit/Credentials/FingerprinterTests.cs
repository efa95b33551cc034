using System.Security.Cryptography;
using System.Text;
using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class FingerprinterTests
{
    private static readonly byte[] _secret = Encoding.UTF8.GetBytes("the secret of the tests: 32 bytes");

    [Theory]
    [InlineData("sk-ABC", true, "sk-abc")]
    [InlineData("sk-ABC", false, "sk-ABC")]
    public void A_fingerprint_is_the_HMAC_of_the_canonical_key(string key, bool foldsCase, string hashed)
    {
        var expected = HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(hashed));
        using var fingerprinter = new Fingerprinter(_secret);
        Assert.Equal(expected, fingerprinter.Compute(key, foldsCase).ToByteArray());
    }

    [Fact]
    public void A_key_has_another_fingerprint_in_each_realm()
    {
        using var fingerprinter = new Fingerprinter(_secret);
        KeyFingerprint[] fingerprints =
        [
            fingerprinter.Compute("bc", foldsCase: true),
            fingerprinter.Compute("bc", foldsCase: true, realm: "a"),
            fingerprinter.Compute("c", foldsCase: true, realm: "ab"),
            fingerprinter.Compute("abc", foldsCase: true),
        ];
        Assert.Equal(4, fingerprints.Distinct().Count());
    }

    [Fact]
    public void A_fingerprint_allocates_nothing()
    {
        using var fingerprinter = new Fingerprinter(_secret);
        _ = fingerprinter.Compute("sk-abc", foldsCase: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = fingerprinter.Compute("sk-abc", foldsCase: true);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void All_threads_agree_on_a_fingerprint_also_after_one_was_refused()
    {
        using var fingerprinter = new Fingerprinter(_secret);
        var expected = fingerprinter.Compute("sk-abc", foldsCase: true);
        Parallel.For(0, 1_000, index =>
        {
            if (index % 3 == 0)
            {
                Assert.Throws<ArgumentException>(() => fingerprinter.Compute("sk-é", foldsCase: true));
            }

            Assert.Equal(expected, fingerprinter.Compute("sk-ABC", foldsCase: true));
        });
    }
}
