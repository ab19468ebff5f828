using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Model;

/// <summary>Sets of addresses of both families, as ranges of 128-bit numbers. IPv4 addresses are the IPv4-mapped ones
/// (RFC 4291 §2.5.5.2), as in <see cref="IpAddress"/>.</summary>
public static class AddressSet
{
    /// <summary>Ranges that one wildcard mask may expand into: 2 to the power of the "any" bits left of its lowest
    /// run.</summary>
    public const int MaxWildcardRanges = 4096;

    private const int Ipv4Offset = 96;

    /// <summary>Every address.</summary>
    public static IntervalSet<UInt128> Any => IntervalSet.All<UInt128>();

    /// <summary>Every IPv4 address.</summary>
    public static IntervalSet<UInt128> AnyIpv4 { get; } =
        Of(new Prefix(IpAddress.FromIpv4(0), 0));

    /// <summary>Every IPv6 address.</summary>
    public static IntervalSet<UInt128> AnyIpv6 { get; } = AnyIpv4.Complement();

    /// <summary>The address as a number.</summary>
    public static UInt128 Number(IpAddress address) => new(address.High, address.Low);

    /// <summary>The number as an address.</summary>
    public static IpAddress Address(UInt128 number) => new((ulong)(number >> 64), (ulong)number);

    /// <summary>One address.</summary>
    public static IntervalSet<UInt128> Of(IpAddress address) => IntervalSet.Of(Number(address));

    /// <summary>The addresses of a prefix. Bits beyond its length are ignored; those of an IPv6 prefix are IPv6
    /// addresses alone.</summary>
    public static IntervalSet<UInt128> Of(Prefix prefix)
    {
        var bits = prefix.Address.IsIpv4 ? prefix.Length + Ipv4Offset : prefix.Length;
        var rest = bits == 0 ? UInt128.MaxValue : (UInt128.One << (128 - bits)) - UInt128.One;
        var first = Number(prefix.Address) & ~rest;
        var set = IntervalSet.Of(first, first | rest);
        return prefix.Address.IsIpv4 ? set : set.Except(AnyIpv4);
    }

    /// <summary>A range of one family, both ends included; empty when the last is below the first.</summary>
    public static IntervalSet<UInt128> Of(IpAddress first, IpAddress last)
    {
        var set = IntervalSet.Of(Number(first), Number(last));
        return first.IsIpv4 ? set : set.Except(AnyIpv4);
    }

    /// <summary>The ranges of a set, cut where the families meet.</summary>
    public static IEnumerable<Interval<UInt128>> RangesByFamily(IntervalSet<UInt128> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.Intersect(AnyIpv4).Ranges.Concat(set.Except(AnyIpv4).Ranges);
    }

    /// <summary>The IPv4 addresses that agree with <paramref name="address"/> in every bit that
    /// <paramref name="wildcard"/> leaves 0, as access lists of IOS write them. Null when the mask expands into more
    /// than <see cref="MaxWildcardRanges"/> ranges.</summary>
    /// <param name="address">Address, host order.</param>
    /// <param name="wildcard">Bits that may differ, host order.</param>
    public static IntervalSet<UInt128>? OfWildcard(uint address, uint wildcard)
    {
        var run = uint.TrailingZeroCount(~wildcard);
        var low = run == 32 ? uint.MaxValue : (1u << (int)run) - 1;
        var high = wildcard & ~low;
        if (1L << (int)uint.PopCount(high) > MaxWildcardRanges)
            return null;
        var ranges = new List<Interval<UInt128>>();
        var start = address & ~wildcard;
        var bits = high;
        do
        {
            // Enumerates the subsets of the scattered bits from the highest to the empty one.
            var first = Number(IpAddress.FromIpv4(start | bits));
            ranges.Add(new Interval<UInt128>(first, first + low));
            bits = (bits - 1) & high;
        }
        while (bits != high);
        return IntervalSet.Of(ranges);
    }

    /// <summary>The prefixes that make up the set, ascending; at most <paramref name="most"/> of them.</summary>
    public static ImmutableArray<Prefix> Prefixes(IntervalSet<UInt128> set, int most)
    {
        var prefixes = ImmutableArray.CreateBuilder<Prefix>();
        foreach (var range in set.Ranges)
        {
            var (first, isDone) = (range.First, false);
            while (!isDone && prefixes.Count < most)
            {
                var address = Address(first);
                var size = first == 0 ? 128 : (int)UInt128.TrailingZeroCount(first);
                if (address.IsIpv4)
                    size = Math.Min(size, 32);
                while (size > 0 && (size == 128 ? range.Last != UInt128.MaxValue
                    : first + ((UInt128.One << size) - UInt128.One) > range.Last))
                    size--;
                prefixes.Add(new Prefix(address, address.IsIpv4 ? 32 - size : 128 - size));
                var last = size == 128 ? UInt128.MaxValue : first + ((UInt128.One << size) - UInt128.One);
                isDone = last >= range.Last;
                first = last + UInt128.One;
            }
        }

        return prefixes.ToImmutable();
    }

    /// <summary>The set in words: <c>any</c>, <c>any IPv4</c>, addresses, prefixes and ranges, comma-separated, at most
    /// <paramref name="most"/> of them.</summary>
    public static string Text(IntervalSet<UInt128> set, int most = 8)
    {
        if (set.IsAll)
            return "any";
        if (set.IsEmpty)
            return "none";
        if (set.Equals(AnyIpv4))
            return "any IPv4";
        if (set.Equals(AnyIpv6))
            return "any IPv6";
        var ipv4 = set.Intersect(AnyIpv4);
        var parts = ipv4.Ranges.Select(Text).ToList();
        if (AnyIpv6.IsSubsetOf(set))
            parts.Add("any IPv6");
        else
            parts.AddRange(set.Except(AnyIpv4).Ranges.Select(Text));
        var shown = string.Join(", ", parts.Take(most));
        return parts.Count <= most
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown} and {parts.Count - most} more");
    }

    private static string Text(Interval<UInt128> range)
    {
        var prefixes = Prefixes(IntervalSet.Of(range.First, range.Last), 2);
        if (prefixes is not [var only])
            return $"{Address(range.First)}-{Address(range.Last)}";
        return only.Length == (only.Address.IsIpv4 ? 32 : 128) ? only.Address.ToString() : only.ToString();
    }
}
