using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Import;

/// <summary>Addresses as configurations write them.</summary>
public static class AddressWords
{
    /// <summary>Reads an address, a prefix (<c>10.0.0.0/8</c>, <c>2001:db8::/32</c>) or a range
    /// (<c>10.0.0.1-10.0.0.9</c>). A range whose last address is below its first, or of two families, is refused.
    /// </summary>
    public static bool TryParse(string text, out IntervalSet<UInt128> set)
    {
        set = IntervalSet.Empty<UInt128>();
        if (text.IndexOf('-', StringComparison.Ordinal) is var dash and > 0)
        {
            if (!IpAddress.TryParse(text[..dash].Trim(), out var first)
                || !IpAddress.TryParse(text[(dash + 1)..].Trim(), out var last) || first.IsIpv4 != last.IsIpv4)
                return false;
            set = AddressSet.Of(first, last);
            return !set.IsEmpty;
        }

        if (!TryParsePrefix(text, out var prefix))
            return false;
        set = AddressSet.Of(prefix);
        return true;
    }

    /// <summary>Reads an address, a prefix, or an address with a mask behind a slash. Bits beyond the length are kept:
    /// an interface's address is told from its network by the caller.</summary>
    public static bool TryParsePrefix(string text, out Prefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        var most = address.IsIpv4 ? 32 : 128;
        if (slash < 0)
        {
            prefix = new Prefix(address, most);
            return true;
        }

        var rest = text.AsSpan(slash + 1);
        if (rest.Contains('.'))
            return TryParseMasked(address, rest.ToString(), out prefix);
        if (!int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > most)
            return false;
        prefix = new Prefix(address, length);
        return true;
    }

    /// <summary>Reads an IPv4 mask of leading ones (<c>255.255.255.0</c>).</summary>
    public static bool TryParseMasked(IpAddress address, string mask, out Prefix prefix)
    {
        prefix = default;
        if (!address.IsIpv4 || !IpAddress.TryParse(mask, out var bits) || !bits.IsIpv4)
            return false;
        var length = (int)uint.PopCount(bits.Ipv4Value);
        if (length < 32 && bits.Ipv4Value << length != 0)
            return false;
        prefix = new Prefix(address, length);
        return true;
    }
}
