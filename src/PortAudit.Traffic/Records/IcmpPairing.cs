using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>Request and reply types of ICMP (RFC 792, RFC 950; RFC 4443, RFC 4861, RFC 2710, RFC 4620).</summary>
public static class IcmpPairing
{
    /// <summary>False for a type that has no counterpart.</summary>
    /// <param name="transport">ICMP of IPv4 or IPv6.</param>
    /// <param name="type">The message's type.</param>
    /// <param name="request">Request type of the pair.</param>
    /// <param name="reply">Reply type of the pair.</param>
    public static bool TryPair(IpProtocol transport, byte type, out byte request, out byte reply)
    {
        (request, reply) = transport == IpProtocol.Icmp ? PairOfIcmp(type) : PairOfIcmpV6(type);
        return request != reply;
    }

    private static (byte Request, byte Reply) PairOfIcmp(byte type) => type switch
    {
        0 or 8 => (8, 0),
        9 or 10 => (10, 9),
        13 or 14 => (13, 14),
        15 or 16 => (15, 16),
        17 or 18 => (17, 18),
        _ => (0, 0),
    };

    private static (byte Request, byte Reply) PairOfIcmpV6(byte type) => type switch
    {
        128 or 129 => (128, 129),
        130 or 131 => (130, 131),
        133 or 134 => (133, 134),
        135 or 136 => (135, 136),
        139 or 140 => (139, 140),
        144 or 145 => (144, 145),
        146 or 147 => (146, 147),
        _ => (0, 0),
    };
}
