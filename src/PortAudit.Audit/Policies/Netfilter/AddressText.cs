using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Addresses as iptables and nft write them.</summary>
internal static class AddressText
{
    /// <summary>An address, a prefix (<c>10.0.0.0/8</c>), an address with a mask (<c>10.0.0.0/255.0.0.0</c>; bits of
    /// the
    /// mask may be scattered in IPv4) or a range (<c>10.0.0.1-10.0.0.9</c>); null when it is none of them, such as a
    /// host name.</summary>
    public static IntervalSet<UInt128>? Read(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
            return Masked(text[..slash], text[(slash + 1)..]);
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        if (hyphen >= 0)
            return Range(text[..hyphen], text[(hyphen + 1)..]);
        return Single(text) is { } address ? AddressSet.Of(address) : null;
    }

    /// <summary>One address.</summary>
    public static IpAddress? Single(string text) =>
        text.Length <= IpAddress.MaximumTextLength && IpAddress.TryParse(text, out var address) ? address : null;

    /// <summary>A range of addresses of one family; null when it is none.</summary>
    public static IntervalSet<UInt128>? Range(string first, string last) =>
        Single(first.Trim()) is { } low && Single(last.Trim()) is { } high && low.IsIpv4 == high.IsIpv4
            && low.CompareTo(high) <= 0
            ? AddressSet.Of(low, high)
            : null;

    /// <summary>The addresses of a prefix; null when it is none. IPv4 may leave out zero bytes at its end
    /// (<c>10/8</c>).</summary>
    public static IntervalSet<UInt128>? Masked(string address, string mask)
    {
        var parts = address.Count(character => character == '.');
        if (!address.Contains(':', StringComparison.Ordinal) && parts < 3)
            address += string.Concat(Enumerable.Repeat(".0", 3 - parts));
        if (Single(address) is not { } start)
            return null;
        if (int.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return length <= (start.IsIpv4 ? 32 : 128) ? AddressSet.Of(new Prefix(start, length)) : null;
        if (Single(mask) is not { } bits || bits.IsIpv4 != start.IsIpv4)
            return null;
        if (start.IsIpv4)
            return AddressSet.OfWildcard(start.Ipv4Value, ~bits.Ipv4Value);
        var rest = ~AddressSet.Number(bits);
        return Contiguous(start, rest);
    }

    private static IntervalSet<UInt128>? Contiguous(IpAddress start, UInt128 rest) =>
        (rest & (rest + UInt128.One)) == UInt128.Zero
            ? IntervalSet.Of(AddressSet.Number(start) & ~rest, AddressSet.Number(start) | rest)
            : null;
}
