using System.Globalization;
using PacketDotNet;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Packets;

/// <summary>The header of TCP, UDP, ICMP or SCTP of a packet.</summary>
internal static class TransportLayers
{
    private const int WordLength = 4;

    private static readonly (TcpFlags Bit, string Name)[] Bits =
    [
        (TcpFlags.Fin, "FIN"), (TcpFlags.Syn, "SYN"), (TcpFlags.Rst, "RST"), (TcpFlags.Psh, "PSH"),
        (TcpFlags.Ack, "ACK"), (TcpFlags.Urg, "URG"), (TcpFlags.Ece, "ECE"), (TcpFlags.Cwr, "CWR"),
    ];

    /// <summary>Reads it; null when there is none.</summary>
    public static PacketLayer? Of(byte[] bytes, FramePacket packet)
    {
        if (packet is not { Network: { } network, Transport: { } transport })
            return null;
        var offset = network.ContentOffset;
        return LayerDraft.Read(bytes, offset, draft =>
        {
            if (network.Protocol == IpProtocol.Tcp && packet.StoppedAt != DecodeLayer.Tcp)
                return Tcp(draft, transport);
            if (network.Protocol == IpProtocol.Udp && draft.Available >= UdpFields.HeaderLength)
                return Udp(draft);
            if (network.Protocol == IpProtocol.Icmp && draft.Available >= IcmpV4Fields.HeaderLength)
                return Icmp(draft);
            return network.Protocol == IpProtocol.IcmpV6 && draft.Available >= IcmpV4Fields.HeaderLength
                ? IcmpV6(draft)
                : null;
        }, () => Own(bytes, offset, network, transport));
    }

    /// <summary>Control bits: <c>SYN, ACK</c>.</summary>
    public static string FlagText(TcpFlags flags) => flags == TcpFlags.None
        ? "no flags"
        : string.Join(", ", Bits.Where(flag => flags.HasFlag(flag.Bit)).Select(flag => flag.Name));

    private static PacketLayer Tcp(LayerDraft draft, FrameTransport transport)
    {
        var header = new TcpPacket(draft.Segment);
        draft.Add(TcpFields.SourcePortPosition, "Source port", header.SourcePort);
        draft.Add(TcpFields.DestinationPortPosition, "Destination port", header.DestinationPort);
        draft.Add(TcpFields.SequenceNumberPosition, "Sequence number", header.SequenceNumber);
        draft.Add(TcpFields.AcknowledgmentNumberPosition, "Acknowledgment number", header.AcknowledgmentNumber);
        draft.Add(TcpFields.DataOffsetAndFlagsPosition, "Header length", $"{header.DataOffset * WordLength} bytes");
        draft.Add(TcpFields.DataOffsetAndFlagsPosition + 1, "Flags", FlagText((TcpFlags)(byte)header.Flags));
        draft.Add(TcpFields.WindowSizePosition, "Window", header.WindowSize);
        draft.Add(TcpFields.ChecksumPosition, "Checksum", NetworkLayers.Unverified(header.Checksum));
        draft.Add(TcpFields.UrgentPointerPosition, "Urgent pointer", header.UrgentPointer);
        TcpOptionFields.Add(draft, Math.Min(header.DataOffset * WordLength, draft.Available));
        return draft.ToLayer("TCP", transport.PayloadOffset - draft.Offset);
    }

    private static PacketLayer Udp(LayerDraft draft)
    {
        var header = new UdpPacket(draft.Segment);
        draft.Add(UdpFields.SourcePortPosition, "Source port", header.SourcePort);
        draft.Add(UdpFields.DestinationPortPosition, "Destination port", header.DestinationPort);
        draft.Add(UdpFields.HeaderLengthPosition, "Length", $"{(ushort)header.Length} bytes");
        draft.Add(UdpFields.ChecksumPosition, "Checksum", NetworkLayers.Unverified(header.Checksum));
        return draft.ToLayer("UDP", UdpFields.HeaderLength);
    }

    private static PacketLayer Icmp(LayerDraft draft)
    {
        var header = new IcmpV4Packet(draft.Segment);
        var (type, code) = ((ushort)header.TypeCode >> 8, (ushort)header.TypeCode & 0xFF);
        draft.Add(IcmpV4Fields.TypeCodePosition, "Type", type);
        draft.Add(IcmpV4Fields.TypeCodePosition + 1, "Code", code);
        draft.Add(IcmpV4Fields.ChecksumPosition, "Checksum", NetworkLayers.Unverified(header.Checksum));
        if (type is 0 or 8)
        {
            draft.Add(IcmpV4Fields.IdPosition, "Identifier", header.Id);
            draft.Add(IcmpV4Fields.SequencePosition, "Sequence number", header.Sequence);
        }

        return draft.ToLayer("ICMP", IcmpV4Fields.HeaderLength);
    }

    private static PacketLayer IcmpV6(LayerDraft draft)
    {
        var header = new IcmpV6Packet(draft.Segment);
        draft.Add(IcmpV6Fields.TypePosition, "Type", (int)header.Type);
        draft.Add(IcmpV6Fields.CodePosition, "Code", header.Code);
        draft.Add(IcmpV6Fields.ChecksumPosition, "Checksum", NetworkLayers.Unverified(header.Checksum));
        return draft.ToLayer("ICMPv6", IcmpV4Fields.HeaderLength);
    }

    /// <summary>What the own decoder found: a protocol that PacketDotNet does not read, or a header that is cut or
    /// damaged.</summary>
    private static PacketLayer? Own(byte[] bytes, int offset, FrameNetwork network, FrameTransport transport)
    {
        if (!network.Protocol.HasPorts && !network.Protocol.IsIcmp)
            return null;
        var (source, destination) =
            network.Protocol.IsIcmp ? ("Type", "Code") : ("Source port", "Destination port");
        var fields = new List<PacketField>
        {
            new(null, source, Number(transport.SourcePort)),
            new(null, destination, Number(transport.DestinationPort)),
        };
        if (network.Protocol == IpProtocol.Tcp && transport.Flags != TcpFlags.None)
            fields.AddRange(
            [
                new(null, "Sequence number", Number(transport.SequenceNumber)),
                new(null, "Acknowledgment number", Number(transport.AcknowledgmentNumber)),
                new(null, "Flags", FlagText(transport.Flags)),
                new(null, "Window", Number(transport.Window)),
            ]);
        return new PacketLayer(network.Protocol.ToString().ToUpperInvariant(), offset,
            Math.Clamp(transport.PayloadOffset - offset, 0, bytes.Length - offset), [.. fields]);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
