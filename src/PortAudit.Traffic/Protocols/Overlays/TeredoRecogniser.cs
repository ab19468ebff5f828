using System.Buffers.Binary;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Overlays;

/// <summary>
/// Recognises Teredo (RFC 4380 §5.1.1) by the IPv6 packet in the datagram: one end has a Teredo address, or it is the router discovery of link-local
/// addresses by which a client qualifies. Origin indications come from servers and relays, authentication from a client first.
/// </summary>
internal sealed class TeredoRecogniser : IRecogniser
{
    private const int Ipv6HeaderLength = 40;
    private const int SourceOffset = 8;
    private const int DestinationOffset = 24;
    private const byte IcmpV6 = 58;
    private const byte RouterSolicitation = 133;
    private const byte RouterAdvertisement = 134;

    /// <summary>RFC 4380 §2.6, and the prefix of Microsoft's first version, from before it was assigned.</summary>
    private const uint Prefix = 0x2001_0000;
    private const uint EarlyPrefix = 0x3FFE_831F;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || !TeredoHeaders.TryParse(datagram.Payload, out var headers, out _))
            return RecogniserAnswer.NoMatch;
        var packet = headers.Payload;
        if (packet.Length < Ipv6HeaderLength)
            return RecogniserAnswer.NoMatch;

        // Trailers may follow the packet (RFC 6081 §4).
        var isInside = datagram.Holds(datagram.Payload.Length - packet.Length + Ipv6HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]));
        if (!isInside || !(HasTeredoAddress(packet) || IsRouterDiscovery(packet)))
            return RecogniserAnswer.NoMatch;
        recognition.Client = ClientOf(datagram, headers, packet);
        return RecogniserAnswer.Match;
    }

    private static bool HasTeredoAddress(ReadOnlySpan<byte> packet) => IsTeredoAddress(packet[SourceOffset..]) || IsTeredoAddress(packet[DestinationOffset..]);

    private static bool IsTeredoAddress(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt32BigEndian(address) is Prefix or EarlyPrefix;

    private static bool IsRouterDiscovery(ReadOnlySpan<byte> packet) =>
        packet[6] == IcmpV6 && IsLinkLocal(packet[SourceOffset..]) && packet.Length > Ipv6HeaderLength && packet[Ipv6HeaderLength] is RouterSolicitation or RouterAdvertisement;

    private static bool IsLinkLocal(ReadOnlySpan<byte> address) => address is [0xFE, 0x80, 0, 0, 0, 0, 0, 0, ..];

    private static ClientSide ClientOf(SentDatagram datagram, TeredoHeaders headers, ReadOnlySpan<byte> packet)
    {
        if (!IsRouterDiscovery(packet))
            return headers.HasOrigin ? datagram.Receiver : ClientSide.Unknown;
        return packet[Ipv6HeaderLength] == RouterSolicitation ? datagram.Sender : datagram.Receiver;
    }
}
