using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Evaluates the comparison of one field.</summary>
internal static class NftFieldMatch
{
    /// <summary>True for a field of which values are evaluated.</summary>
    public static bool IsKnown(string field) => field is "ip saddr" or "ip daddr" or "ip6 saddr" or "ip6 daddr"
        or "meta l4proto" or "ip protocol" or "ip6 nexthdr" or "meta nfproto" or "meta protocol" or "ether type"
        or "icmp type" or "icmp code" or "icmpv6 type" or "icmpv6 code" or "meta iifname" or "meta iif"
            or "meta oifname"
        or "meta oif" or "ct state" or "tcp flags" || IsPort(field);

    /// <summary>The packets that meet a comparison; null when it is not evaluated.</summary>
    /// <param name="field">The field.</param>
    /// <param name="sign">The operator; empty when none is written.</param>
    /// <param name="mask">Bits that are looked at; null for all.</param>
    /// <param name="value">What is compared with.</param>
    /// <param name="text">The comparison in words.</param>
    public static IReadOnlyList<PacketMatch>? Match(string field, string sign, NftValue? mask, NftValue value,
        string text)
    {
        if (field == "tcp flags")
            return NftTcpFlags.Match(sign, mask, value, text);
        var match = mask is not null ? Masked(field, sign, mask, value) : One(field, sign, value);
        return match is null ? null : [match.And(Implied([field]))];
    }

    /// <summary>What fields ask for by being there: the family and protocol of their header (nft(8), "Payload
    /// expressions": dependencies are added).</summary>
    public static PacketMatch Implied(ImmutableArray<string> fields)
    {
        var match = PacketMatch.Any;
        foreach (var field in fields)
        {
            match = field.Split(' ')[0] switch
            {
                "ip" => match.And(PacketMatch.Ipv4),
                "ip6" => match.And(PacketMatch.Ipv6),
                "tcp" or "udp" or "udplite" or "sctp" or "dccp" or "icmp" or "icmpv6" or "igmp" or "ah" or "esp"
                    or "gre"
                    or "comp" => match.And(PacketMatch.OfProtocols(
                        IntervalSet.Of(ProtocolNames.Number(field.Split(' ')[0]) ?? 0))),
                _ => match,
            };
        }

        return match;
    }

    private static bool IsPort(string field) => field is "tcp sport" or "tcp dport" or "udp sport" or "udp dport"
        or "sctp sport" or "sctp dport" or "dccp sport" or "dccp dport" or "udplite sport" or "udplite dport"
        or "th sport" or "th dport";

    private static PacketMatch? One(string field, string sign, NftValue value)
    {
        if (IsPort(field))
            return Ports(field, NftNumbers.Compared(sign, value, word => ServiceNames.Range(word, '-')));
        switch (field)
        {
            case "ip saddr" or "ip6 saddr":
                return NftNumbers.Compared(sign, value, AddressText.Read) is { } sources
                    ? new PacketMatch { Source = sources } : null;
            case "ip daddr" or "ip6 daddr":
                return NftNumbers.Compared(sign, value, AddressText.Read) is { } destinations
                    ? new PacketMatch { Destination = destinations } : null;
            case "meta l4proto" or "ip protocol" or "ip6 nexthdr":
                return NftNumbers.Compared(sign, value, word => Numbers(word, ProtocolNames.Number)) is { } protocols
                    ? PacketMatch.OfProtocols(protocols) : null;
            case "meta nfproto" or "meta protocol" or "ether type":
                return Family(sign, value);
            case "icmp type" or "icmpv6 type":
                return NftNumbers.Compared(sign, value, word => Types(word, field[4] == 'v')) is { } types
                    ? new PacketMatch { Service = ServiceMatch.Any with { IcmpTypes = types } } : null;
            case "icmp code" or "icmpv6 code":
                return NftNumbers.Compared(sign, value, word =>
                    Numbers(word, code => IcmpNames.Code(code, field[4] == 'v'))) is { } codes
                    ? new PacketMatch { Service = ServiceMatch.Any with { IcmpCodes = codes } } : null;
            case "meta iifname" or "meta iif":
                return Interfaces(sign, value) is { } from ? new PacketMatch { From = from } : null;
            case "meta oifname" or "meta oif":
                return Interfaces(sign, value) is { } to ? new PacketMatch { To = to } : null;
            case "ct state":
                return States(sign, value);
            default:
                return null;
        }
    }

    /// <summary><c>ip saddr &amp; 255.255.0.0 == 10.1.0.0</c>.</summary>
    private static PacketMatch? Masked(string field, string sign, NftValue mask, NftValue value)
    {
        if (field is not ("ip saddr" or "ip daddr" or "ip6 saddr" or "ip6 daddr") || mask is not NftWord bits
            || value is not NftWord wanted || AddressText.Single(bits.Text) is not { } looked
            || AddressText.Single(wanted.Text) is not { } address
            || (AddressSet.Number(address) & ~AddressSet.Number(looked)) != UInt128.Zero && !looked.IsIpv4
            || (address.IsIpv4 && (address.Ipv4Value & ~looked.Ipv4Value) != 0)
            || AddressText.Masked(wanted.Text, bits.Text) is not { } set || sign is not ("" or "==" or "!="))
            return null;
        set = sign == "!=" ? set.Complement() : set;
        return field[^5] == 's' ? new PacketMatch { Source = set } : new PacketMatch { Destination = set };
    }

    private static PacketMatch? Ports(string field, IntervalSet<ushort>? ports) => ports is null ? null
        : field[^5] == 's' ? new PacketMatch { Service = ServiceMatch.Any with { SourcePorts = ports } }
        : new PacketMatch { Service = ServiceMatch.Any with { DestinationPorts = ports } };

    private static IntervalSet<byte>? Numbers(string word, Func<string, byte?> read)
    {
        if (read(word) is { } single)
            return IntervalSet.Of(single);
        var hyphen = word.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 0 && read(word[..hyphen]) is { } first && read(word[(hyphen + 1)..]) is { } last
            && first <= last
            ? IntervalSet.Of(first, last)
            : null;
    }

    private static IntervalSet<byte>? Types(string word, bool isIpv6) => Numbers(word, name =>
        byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : IcmpNames.Message(name, isIpv6) is { IcmpCodes.IsAll: true, IcmpTypes.Ranges: [var only] }
            && only.First == only.Last
            ? only.First
        : null);

    private static PacketMatch? Family(string sign, NftValue value)
    {
        var words = value is NftMany { IsFlags: false } many
            ? many.Elements.Select(element => element.Key).ToList() : [value];
        var (hasIpv4, hasIpv6) = (false, false);
        foreach (var word in words)
        {
            switch ((word as NftWord)?.Text)
            {
                case "ipv4" or "ip" or "2" or "0x0800" or "2048":
                    hasIpv4 = true;
                    break;
                case "ipv6" or "ip6" or "10" or "0x86dd" or "34525":
                    hasIpv6 = true;
                    break;
                case "arp" or "vlan" or "8021q" or "0x0806":
                    break;
                default:
                    return null;
            }
        }

        if (sign is not ("" or "==" or "in" or "!="))
            return null;
        if (sign == "!=")
            (hasIpv4, hasIpv6) = (!hasIpv4, !hasIpv6);
        return (hasIpv4, hasIpv6) switch
        {
            (true, true) => PacketMatch.Any,
            (true, false) => PacketMatch.Ipv4,
            (false, true) => PacketMatch.Ipv6,
            (false, false) => PacketMatch.OfProtocols(IntervalSet.Empty<byte>()),
        };
    }

    private static ZoneMatch? Interfaces(string sign, NftValue value)
    {
        var values = value is NftMany { IsFlags: false } many ? many.Elements
            .Select(element => element.Key).ToList() : [value];
        ImmutableArray<string> names = [.. values.OfType<NftWord>()
            .Select(word => Import.ConfigurationText.Shown(word.Text))];
        return names.Length == values.Count && names.Length > 0 && sign is "" or "==" or "in" or "!="
            ? new ZoneMatch(names, sign == "!=")
            : null;
    }

    private static PacketMatch? States(string sign, NftValue value)
    {
        var states = ConnectionStates.None;
        foreach (var word in value is NftMany many ? many.Elements.Select(element => element.Key) : [value])
        {
            if (word is not NftWord { Text: var name } || ConnectionStateNames.Named(name) is not { } state)
                return null;
            states |= state;
        }

        return sign switch
        {
            "" or "==" or "in" => new PacketMatch { States = states },
            "!=" or "!" => new PacketMatch { States = ConnectionStates.All & ~states },
            _ => null,
        };
    }
}
