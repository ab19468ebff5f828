using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>Reads addresses, by number or by the names that <c>name</c> commands gave them.</summary>
internal sealed class AddressNames
{
    /// <summary>Ranges that all masks with gaps of a file together may expand into, so that they cannot fill the
    /// memory.</summary>
    private const int MaxGapRanges = 1_000_000;

    private readonly Dictionary<string, IpAddress> _names = new(StringComparer.Ordinal);
    private int _gapRanges;

    /// <summary>Gives an address a name (<c>name 10.1.1.1 server</c>); the last one counts.</summary>
    public void Add(string name, IpAddress address) => _names[name] = address;

    /// <summary>Reads an address; <c>0</c> stands for 0.0.0.0.</summary>
    public bool TryParse(string text, out IpAddress address)
    {
        if (text == "0")
        {
            address = IpAddress.FromIpv4(0);
            return true;
        }

        return _names.TryGetValue(text, out address) || IpAddress.TryParse(text, out address);
    }

    /// <summary>The addresses of a prefix; one of IPv6 never holds IPv4 addresses, <c>::/0</c> included.</summary>
    public static IntervalSet<UInt128> SetOf(Prefix prefix) => prefix.Address.IsIpv4 || prefix.Address.High != 0
        ? AddressSet.Of(prefix)
        : AddressSet.Of(prefix).Intersect(AddressSet.AnyIpv6);

    /// <summary>Reads <c>ADDRESS/LENGTH</c>.</summary>
    public bool TryParsePrefix(string text, out Prefix prefix)
    {
        prefix = default;
        var slash = text.LastIndexOf('/');
        if (slash <= 0 || !TryParse(text[..slash], out var address)
            || !byte.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > (address.IsIpv4 ? 32 : 128))
            return false;
        prefix = new Prefix(address, length);
        return true;
    }

    /// <summary>Reads an IPv4 address and a mask as a prefix. False when either is no address or the mask has
    /// gaps.</summary>
    public bool TryParsePrefix(string text, string mask, out Prefix prefix)
    {
        prefix = default;
        if (!TryParse(text, out var address) || !address.IsIpv4 || !TryParse(mask, out var bits) || !bits.IsIpv4)
            return false;
        var length = 32 - (int)uint.TrailingZeroCount(bits.Ipv4Value);
        if (bits.Ipv4Value != (length == 0 ? 0 : uint.MaxValue << (32 - length)))
            return false;
        prefix = new Prefix(address, length);
        return true;
    }

    /// <summary>The addresses of an IPv4 address and a mask in which the set bits count, or, of a wildcard, the clear
    /// ones. Null when either is no address, or its gaps make too many ranges
    /// (<see cref="AddressSet.MaxWildcardRanges"/>).</summary>
    public IntervalSet<UInt128>? Masked(string text, string mask, bool isWildcard)
    {
        if (!TryParse(text, out var address) || !address.IsIpv4 || !TryParse(mask, out var bits) || !bits.IsIpv4)
            return null;
        var set = AddressSet.OfWildcard(address.Ipv4Value, isWildcard ? bits.Ipv4Value : ~bits.Ipv4Value);
        if (set is not { Ranges.Length: > 1 })
            return set;
        _gapRanges += set.Ranges.Length;
        return _gapRanges > MaxGapRanges ? null : set;
    }
}
