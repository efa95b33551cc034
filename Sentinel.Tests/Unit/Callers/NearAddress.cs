using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Sentinel.Tests.Unit.Callers;

/// <summary>Texts that are addresses in one of their many forms, or would be but for a character or two.</summary>
internal static class NearAddress
{
    /// <summary>Addresses with many zeros, which are what the short forms are about.</summary>
    public static readonly Gen<IPAddress> Address =
        from length in Gen.Elements(4, 16)
        from bytes in Gen.ArrayOf(Gen.Choose(0, 255), length)
        from zeros in Gen.ArrayOf(Gen.Elements(0, 1), length)
        select new IPAddress([.. bytes.Zip(zeros, (value, keep) => (byte)(value * keep))]);

    private static readonly Func<IPAddress, string>[] _forms =
    [
        address => address.ToString(),
        address => address.ToString().ToUpperInvariant(),
        address => $"::ffff:{address.MapToIPv4()}",
        address => string.Join(':', Groups(address)),
        address => string.Join(':', [.. Groups(address)[..6], $"{address.MapToIPv4()}"]),
        address => $"{Groups(address)[0]}::{Groups(address)[1]}:{address.MapToIPv4()}",
    ];

    public static readonly Gen<string> Any =
        from address in Address
        from form in Gen.Elements(_forms)
        from spoilt in Spoil(form(address))
        from twice in Spoil(spoilt)
        from how in Gen.Elements(0, 1, 2)
        select how switch { 0 => form(address), 1 => spoilt, _ => twice };

    private static Gen<string> Spoil(string text) =>
        from place in Gen.Choose(0, text.Length)
        from removed in Gen.Choose(0, 2)
        from added in Rule.Text("0123456789afAF::..%[]x /", 2)
        select text[..place] + added + text[Math.Min(text.Length, place + removed)..];

    /// <summary>The eight groups in full; an IPv4 address stands in the last two.</summary>
    private static string[] Groups(IPAddress address) =>
    [
        .. address.MapToIPv6().GetAddressBytes().Chunk(2).Select(pair => Convert.ToHexStringLower(pair).TrimStart('0'))
            .Select(group => group.Length == 0 ? "0" : group),
    ];
}
