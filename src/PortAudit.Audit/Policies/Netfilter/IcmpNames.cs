using System.Collections.Frozen;
using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>ICMP messages by the names of iptables (<c>iptables -p icmp -h</c>, <c>ip6tables -p icmpv6 -h</c>) and of
/// nft
/// (<c>nft describe icmp type</c>).</summary>
internal static class IcmpNames
{
    private const short AllCodes = -1;

    private static readonly FrozenDictionary<string, (byte Type, short Code)> Ipv4 =
        new Dictionary<string, (byte Type, short Code)>
        {
            ["echo-reply"] = (0, AllCodes),
            ["pong"] = (0, AllCodes),
            ["destination-unreachable"] = (3, AllCodes),
            ["network-unreachable"] = (3, 0),
            ["host-unreachable"] = (3, 1),
            ["protocol-unreachable"] = (3, 2),
            ["port-unreachable"] = (3, 3),
            ["fragmentation-needed"] = (3, 4),
            ["source-route-failed"] = (3, 5),
            ["network-unknown"] = (3, 6),
            ["host-unknown"] = (3, 7),
            ["network-prohibited"] = (3, 9),
            ["host-prohibited"] = (3, 10),
            ["TOS-network-unreachable"] = (3, 11),
            ["TOS-host-unreachable"] = (3, 12),
            ["communication-prohibited"] = (3, 13),
            ["host-precedence-violation"] = (3, 14),
            ["precedence-cutoff"] = (3, 15),
            ["source-quench"] = (4, AllCodes),
            ["redirect"] = (5, AllCodes),
            ["network-redirect"] = (5, 0),
            ["host-redirect"] = (5, 1),
            ["TOS-network-redirect"] = (5, 2),
            ["TOS-host-redirect"] = (5, 3),
            ["echo-request"] = (8, AllCodes),
            ["ping"] = (8, AllCodes),
            ["router-advertisement"] = (9, AllCodes),
            ["router-solicitation"] = (10, AllCodes),
            ["time-exceeded"] = (11, AllCodes),
            ["ttl-exceeded"] = (11, AllCodes),
            ["ttl-zero-during-transit"] = (11, 0),
            ["ttl-zero-during-reassembly"] = (11, 1),
            ["parameter-problem"] = (12, AllCodes),
            ["ip-header-bad"] = (12, 0),
            ["required-option-missing"] = (12, 1),
            ["timestamp-request"] = (13, AllCodes),
            ["timestamp-reply"] = (14, AllCodes),
            ["info-request"] = (15, AllCodes),
            ["info-reply"] = (16, AllCodes),
            ["address-mask-request"] = (17, AllCodes),
            ["address-mask-reply"] = (18, AllCodes),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, (byte Type, short Code)> Ipv6 =
        new Dictionary<string, (byte Type, short Code)>
        {
            ["destination-unreachable"] = (1, AllCodes),
            ["no-route"] = (1, 0),
            ["communication-prohibited"] = (1, 1),
            ["beyond-scope"] = (1, 2),
            ["address-unreachable"] = (1, 3),
            ["port-unreachable"] = (1, 4),
            ["failed-policy"] = (1, 5),
            ["reject-route"] = (1, 6),
            ["packet-too-big"] = (2, AllCodes),
            ["time-exceeded"] = (3, AllCodes),
            ["ttl-exceeded"] = (3, AllCodes),
            ["ttl-zero-during-transit"] = (3, 0),
            ["ttl-zero-during-reassembly"] = (3, 1),
            ["parameter-problem"] = (4, AllCodes),
            ["bad-header"] = (4, 0),
            ["unknown-header-type"] = (4, 1),
            ["unknown-option"] = (4, 2),
            ["echo-request"] = (128, AllCodes),
            ["ping"] = (128, AllCodes),
            ["echo-reply"] = (129, AllCodes),
            ["pong"] = (129, AllCodes),
            ["mld-listener-query"] = (130, AllCodes),
            ["mld-listener-report"] = (131, AllCodes),
            ["mld-listener-done"] = (132, AllCodes),
            ["mld-listener-reduction"] = (132, AllCodes),
            ["router-solicitation"] = (133, AllCodes),
            ["nd-router-solicit"] = (133, AllCodes),
            ["router-advertisement"] = (134, AllCodes),
            ["nd-router-advert"] = (134, AllCodes),
            ["neighbor-solicitation"] = (135, AllCodes),
            ["neighbour-solicitation"] = (135, AllCodes),
            ["nd-neighbor-solicit"] = (135, AllCodes),
            ["neighbor-advertisement"] = (136, AllCodes),
            ["neighbour-advertisement"] = (136, AllCodes),
            ["nd-neighbor-advert"] = (136, AllCodes),
            ["redirect"] = (137, AllCodes),
            ["nd-redirect"] = (137, AllCodes),
            ["router-renumbering"] = (138, AllCodes),
            ["ind-neighbor-solicit"] = (141, AllCodes),
            ["ind-neighbor-advert"] = (142, AllCodes),
            ["mld2-listener-report"] = (143, AllCodes),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Codes that nft prints by name (nft describe icmp code, icmpv6 code).
    private static readonly FrozenDictionary<string, byte> NftCodes = new Dictionary<string, byte>
    {
        ["net-unreachable"] = 0,
        ["host-unreachable"] = 1,
        ["prot-unreachable"] = 2,
        ["port-unreachable"] = 3,
        ["frag-needed"] = 4,
        ["net-prohibited"] = 9,
        ["host-prohibited"] = 10,
        ["admin-prohibited"] = 13,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, byte> NftCodes6 = new Dictionary<string, byte>
    {
        ["no-route"] = 0,
        ["admin-prohibited"] = 1,
        ["addr-unreachable"] = 3,
        ["port-unreachable"] = 4,
        ["policy-fail"] = 5,
        ["reject-route"] = 6,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A message by its name, its type, or type and code (<c>3/4</c>); null for another word.</summary>
    public static ServiceMatch? Message(string word, bool isIpv6)
    {
        var all = ServiceMatch.Of(isIpv6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp);
        if (word.Equals("any", StringComparison.OrdinalIgnoreCase) || word == "255")
            return all;
        if ((isIpv6 ? Ipv6 : Ipv4).TryGetValue(word, out var named))
            return With(all, named.Type, named.Code == AllCodes ? null : (byte)named.Code);
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (!IsByte(slash < 0 ? word : word[..slash], out var type))
            return null;
        if (slash < 0)
            return With(all, type, null);
        return IsByte(word[(slash + 1)..], out var code) ? With(all, type, code) : null;
    }

    /// <summary>A code by its number or the name that nft gives it; null for another word.</summary>
    public static byte? Code(string word, bool isIpv6) =>
        IsByte(word, out var number) ? number
        : (isIpv6 ? NftCodes6 : NftCodes).TryGetValue(word, out var known) ? known
        : null;

    private static bool IsByte(string word, out byte value) =>
        byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static ServiceMatch With(ServiceMatch service, byte type, byte? code) => service with
    {
        IcmpTypes = IntervalSet.Of(type),
        IcmpCodes = code is { } known ? IntervalSet.Of(known) : IntervalSet.All<byte>(),
    };
}
