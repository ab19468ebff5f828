using System.Buffers.Binary;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Labels;

/// <summary>Rewrites the ports of a frame in place, those inside tunnels too, and mends the checksums.</summary>
internal static class FramePorts
{
    private const int MaximumTunnels = 8;
    private const int UdpHeaderLength = 8;
    private const int UdpChecksumOffset = 6;
    private const int TcpChecksumOffset = 16;

    /// <summary>UDP ports of tunnels, which are entered on these alone: L2TP, GTP-U, Teredo, LISP, GRE, VXLAN,
    /// VXLAN-GPE, CAPWAP, Geneve, MPLS, TZSP, and VXLAN's old port.</summary>
    private static readonly ushort[] Carriers =
        [1701, 2152, 3544, 4341, 4342, 4754, 4789, 4790, 5247, 6081, 6635, 8472, 37008];

    /// <summary>Rewrites one frame.</summary>
    public static void Rewrite(Span<byte> frame, LinkType linkType, int originalLength, PortMap map)
    {
        PacketDecoder.Decode(frame, linkType, originalLength, out var packet);
        for (var depth = 0; ; depth++)
        {
            if (packet.HasTransport && (packet.Protocol == IpProtocol.Tcp || packet.Protocol == IpProtocol.Udp))
                RewriteHeader(frame, packet, map);
            if (packet.Inner.Kind == TunnelKind.None || depth == MaximumTunnels)
                return;
            PacketDecoder.DecodeInner(frame, ref packet);
        }
    }

    private static void RewriteHeader(Span<byte> frame, in DecodedPacket packet, PortMap map)
    {
        var isTcp = packet.Protocol == IpProtocol.Tcp;
        var isCarrier = !isTcp && (Carriers.Contains(packet.SourcePort) || Carriers.Contains(packet.DestinationPort));
        var start = isTcp ? TcpHeaderBefore(frame, packet) : packet.PayloadOffset - UdpHeaderLength;
        if (isCarrier || start < 0)
            return;
        var header = frame[start..];
        var checksum = isTcp ? TcpChecksumOffset : UdpChecksumOffset;
        Replace(header, 0, map.Of(packet.SourcePort), checksum, isTcp);
        Replace(header, 2, map.Of(packet.DestinationPort), checksum, isTcp);
    }

    /// <summary>Offset of the TCP header whose payload the packet names; -1 when it is not in the captured
    /// bytes.</summary>
    private static int TcpHeaderBefore(ReadOnlySpan<byte> frame, in DecodedPacket packet)
    {
        for (var words = 5; words <= 15; words++)
        {
            var start = packet.PayloadOffset - 4 * words;
            if (start >= 0 && frame[start + 12] >> 4 == words
                && BinaryPrimitives.ReadUInt32BigEndian(frame[(start + 4)..]) == packet.SequenceNumber
                && BinaryPrimitives.ReadUInt16BigEndian(frame[start..]) == packet.SourcePort)
                return start;
        }

        return -1;
    }

    /// <summary>Replaces 16 bits and mends the checksum (RFC 1624 §3). A UDP checksum of 0 says that there is
    /// none.</summary>
    private static void Replace(Span<byte> header, int offset, ushort value, int checksumOffset, bool isTcp)
    {
        var old = BinaryPrimitives.ReadUInt16BigEndian(header[offset..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[offset..], value);
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(header[checksumOffset..]);
        if (!isTcp && checksum == 0)
            return;
        var sum = (uint)(ushort)~checksum + (ushort)~old + value;
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(header[checksumOffset..], (ushort)~sum);
    }
}
