namespace PortAudit.Traffic.Wire;

/// <summary>
/// Finds where a packet goes whose routing header is not yet used up (RFC 8200 §4.4): the conversation is with that
/// address; the hops in between only pass it on. The source routes of type 0 are not followed, as nobody may pass such
/// a packet on: it ends at the address that it names (RFC 5095 §3).
/// </summary>
internal static class Ipv6Route
{
    // Routing types (IANA "IPv6 Routing Types"): home address (RFC 6275 §6.4), segment routing (RFC 8754 §2).
    private const byte HomeAddress = 2;
    private const byte SegmentRouting = 4;

    private const int TypeOffset = 2;
    private const int SegmentsLeftOffset = 3;
    private const int AddressesOffset = 8;
    private const int AddressLength = 16;

    /// <summary>The last address of a route that is not yet used up; null without one, or when the type is another. It
    /// stands first: segments are listed backwards (RFC 8754 §2), and of home addresses there is one.</summary>
    /// <param name="header">A whole routing header: a multiple of eight bytes.</param>
    public static IpAddress? LastOf(ReadOnlySpan<byte> header)
    {
        var addresses = header[AddressesOffset..];
        if (header[SegmentsLeftOffset] == 0 || addresses.Length < AddressLength)
            return null;
        return header[TypeOffset] is HomeAddress or SegmentRouting ? IpAddress.FromIpv6Header(addresses) : null;
    }
}
