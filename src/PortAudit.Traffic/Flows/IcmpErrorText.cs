using System.Globalization;

namespace PortAudit.Traffic.Flows;

/// <summary>Texts of ICMP errors (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1; RFC 4443 §3).</summary>
internal static class IcmpErrorText
{
    /// <summary>For example <c>ICMP 3/13 communication administratively prohibited</c>.</summary>
    public static string Of(bool isIpv4, byte type, byte code)
    {
        var words = isIpv4 ? WordsOfIcmp(type, code) : WordsOfIcmpV6(type, code);
        return string.Create(CultureInfo.InvariantCulture, $"{(isIpv4 ? "ICMP" : "ICMPv6")} {type}/{code} {words}")
            .TrimEnd();
    }

    private static string WordsOfIcmp(byte type, byte code) => (type, code) switch
    {
        (3, 0) => "network unreachable",
        (3, 1) => "host unreachable",
        (3, 2) => "protocol unreachable",
        (3, 3) => "port unreachable",
        (3, 5) => "source route failed",
        (3, 6) => "destination network unknown",
        (3, 7) => "destination host unknown",
        (3, 9) => "network administratively prohibited",
        (3, 10) => "host administratively prohibited",
        (3, 11) => "network unreachable for type of service",
        (3, 12) => "host unreachable for type of service",
        (3, 13) => "communication administratively prohibited",
        (3, 14) => "host precedence violation",
        (3, 15) => "precedence cutoff in effect",
        (11, 0) => "time to live exceeded in transit",
        _ => "",
    };

    private static string WordsOfIcmpV6(byte type, byte code) => (type, code) switch
    {
        (1, 0) => "no route to destination",
        (1, 1) => "communication administratively prohibited",
        (1, 2) => "beyond scope of source address",
        (1, 3) => "address unreachable",
        (1, 4) => "port unreachable",
        (1, 5) => "source address failed ingress/egress policy",
        (1, 6) => "reject route to destination",
        (3, 0) => "hop limit exceeded in transit",
        (4, 1) => "unrecognized next header",
        _ => "",
    };
}
