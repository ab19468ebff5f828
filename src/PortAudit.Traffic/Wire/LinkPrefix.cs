using static PortAudit.Traffic.Wire.LinkNumber;

namespace PortAudit.Traffic.Wire;

/// <summary>Link types that prefix another type's frames with irrelevant bytes: direction, association numbers,
/// preambles (tcpdump.org/linktypes).</summary>
internal static class LinkPrefix
{
    /// <summary>True for such a link type.</summary>
    /// <param name="linkType">The LINKTYPE_ number.</param>
    /// <param name="length">Bytes before each frame.</param>
    /// <param name="inner">The LINKTYPE_ number of what follows.</param>
    public static bool TryFind(ushort linkType, out int length, out ushort inner)
    {
        (length, inner) = linkType switch
        {
            Slip => (16, Raw), // direction and the header as it was compressed
            // address family, index of parameters and flags: OpenBSD IPsec, before or after encryption
            Enc => (12, Raw),
            IpOverFibreChannel => (16, AtmRfc1483), // both addresses (RFC 2625)
            PppOfPppd => (2, Ppp), // direction and control
            PppWithDirection => (1, Ppp),
            Netanalyzer => (4, Ethernet), // of Hilscher
            Epon => (8, Ethernet), // preamble with the logical link (IEEE 802.3 §65.1)
            _ => default,
        };
        return length != 0;
    }
}
