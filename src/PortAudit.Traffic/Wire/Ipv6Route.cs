namespace PortAudit.Traffic.Wire;

/// <summary>Finds the final destination of a packet with an unfinished routing header (RFC 8200 §4.4): the conversation
/// is with it. Type 0 source routes are ignored: such packets must not be forwarded and end at their destination
/// address (RFC 5095 §3).</summary>
internal static class Ipv6Route
{
    // Routing types (IANA "IPv6 Routing Types"): home address (RFC 6275 §6.4), segment routing (RFC 8754 §2).
    private const byte HomeAddress = 2;
    private const byte SegmentRouting = 4;

    private const int TypeOffset = 2;
    private const int SegmentsLeftOffset = 3;
    private const int AddressesOffset = 8;
    private const int AddressLength = 16;

    /// <summary>The last address of an unfinished route; null without one, or for other types. It is stored first:
    /// segments are listed in reverse (RFC 8754 §2), and there is only one home address.</summary>
    /// <param name="header">A whole routing header: a multiple of eight bytes.</param>
    public static IpAddress? LastOf(ReadOnlySpan<byte> header)
    {
        var addresses = header[AddressesOffset..];
        if (header[SegmentsLeftOffset] == 0 || addresses.Length < AddressLength)
            return null;
        return header[TypeOffset] is HomeAddress or SegmentRouting ? IpAddress.FromIpv6Header(addresses) : null;
    }
}
