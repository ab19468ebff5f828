using System.Collections.Frozen;
using System.Globalization;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>Names of ICMP messages in access lists, as types and codes (IANA "ICMP Type Numbers" and "ICMPv6
/// Parameters"; "icmp-type" in the ASA and "access-list (IP extended)" in the IOS command reference).</summary>
internal static class IcmpNames
{
    /// <summary>Messages of ICMP for IPv4. Without a code the name stands for all codes.</summary>
    private static readonly FrozenDictionary<string, (byte Type, byte? Code)> Version4 =
        new Dictionary<string, (byte, byte?)>
        {
            ["echo-reply"] = (0, null),
            ["unreachable"] = (3, null),
            ["net-unreachable"] = (3, 0),
            ["host-unreachable"] = (3, 1),
            ["protocol-unreachable"] = (3, 2),
            ["port-unreachable"] = (3, 3),
            ["packet-too-big"] = (3, 4),
            ["source-route-failed"] = (3, 5),
            ["network-unknown"] = (3, 6),
            ["host-unknown"] = (3, 7),
            ["host-isolated"] = (3, 8),
            ["dod-net-prohibited"] = (3, 9),
            ["dod-host-prohibited"] = (3, 10),
            ["net-tos-unreachable"] = (3, 11),
            ["host-tos-unreachable"] = (3, 12),
            ["administratively-prohibited"] = (3, 13),
            ["host-precedence-unreachable"] = (3, 14),
            ["precedence-unreachable"] = (3, 15),
            ["source-quench"] = (4, null),
            ["redirect"] = (5, null),
            ["net-redirect"] = (5, 0),
            ["host-redirect"] = (5, 1),
            ["net-tos-redirect"] = (5, 2),
            ["host-tos-redirect"] = (5, 3),
            ["alternate-address"] = (6, null),
            ["echo"] = (8, null),
            ["router-advertisement"] = (9, null),
            ["router-solicitation"] = (10, null),
            ["time-exceeded"] = (11, null),
            ["ttl-exceeded"] = (11, 0),
            ["reassembly-timeout"] = (11, 1),
            ["parameter-problem"] = (12, null),
            ["general-parameter-problem"] = (12, 0),
            ["option-missing"] = (12, 1),
            ["no-room-for-option"] = (12, 2),
            ["timestamp-request"] = (13, null),
            ["timestamp-reply"] = (14, null),
            ["information-request"] = (15, null),
            ["information-reply"] = (16, null),
            ["mask-request"] = (17, null),
            ["mask-reply"] = (18, null),
            ["traceroute"] = (30, null),
            ["conversion-error"] = (31, null),
            ["mobile-redirect"] = (32, null),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, (byte Type, byte? Code)> Version6 =
        new Dictionary<string, (byte, byte?)>
        {
            ["unreachable"] = (1, null),
            ["no-route"] = (1, 0),
            ["no-admin"] = (1, 1),
            ["beyond-scope"] = (1, 2),
            ["destination-unreachable"] = (1, null),
            ["port-unreachable"] = (1, 4),
            ["packet-too-big"] = (2, null),
            ["time-exceeded"] = (3, null),
            ["hop-limit"] = (3, 0),
            ["reassembly-timeout"] = (3, 1),
            ["parameter-problem"] = (4, null),
            ["header"] = (4, 0),
            ["next-header"] = (4, 1),
            ["parameter-option"] = (4, 2),
            ["echo"] = (128, null),
            ["echo-request"] = (128, null),
            ["echo-reply"] = (129, null),
            ["membership-query"] = (130, null),
            ["mld-query"] = (130, null),
            ["membership-report"] = (131, null),
            ["mld-report"] = (131, null),
            ["membership-reduction"] = (132, null),
            ["mld-reduction"] = (132, null),
            ["mldv2"] = (143, null),
            ["router-solicitation"] = (133, null),
            ["router-advertisement"] = (134, null),
            ["neighbor-solicitation"] = (135, null),
            ["nd-ns"] = (135, null),
            ["neighbor-advertisement"] = (136, null),
            ["nd-na"] = (136, null),
            ["neighbor-redirect"] = (137, null),
            ["redirect"] = (137, null),
            ["router-renumbering"] = (138, null),
            ["renum-command"] = (138, 0),
            ["renum-result"] = (138, 1),
            ["renum-seq-number"] = (138, 255),
            ["dhaad-request"] = (144, null),
            ["dhaad-reply"] = (145, null),
            ["mpd-solicitation"] = (146, null),
            ["mpd-advertisement"] = (147, null),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a message by name, or a type by number.</summary>
    public static bool TryParse(string text, bool isVersion6, out (byte Type, byte? Code) message)
    {
        message = default;
        if (!byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var type))
            return (isVersion6 ? Version6 : Version4).TryGetValue(text, out message);
        message = (type, null);
        return true;
    }
}
