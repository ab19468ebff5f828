using System.Buffers.Binary;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Finds export datagrams in frames, by their bytes and not by their ports: a header, and records or sets that
/// fill the datagram to its end.</summary>
internal static class CapturedExport
{
    /// <summary>Tunnels around a datagram that are followed, as for flows.</summary>
    private const int MaximumTunnels = Flows.PacketWalk.MaximumTunnels;

    /// <summary>The export datagram in a frame. False when it holds none.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="header">Its header.</param>
    /// <param name="datagram">Its bytes with the header, as far as they were captured.</param>
    /// <param name="exporter">Who sent it.</param>
    /// <param name="isCut">True when bytes of it are missing: by the snap length, or as it is a fragment.</param>
    public static bool TryFind(in CapturedPacket frame, out ExportHeader header, out ReadOnlySpan<byte> datagram,
        out IpAddress exporter, out bool isCut)
    {
        PacketDecoder.Decode(frame.Bytes, frame.LinkType, frame.OriginalLength, out var packet);
        for (var depth = 0; packet.Inner.Kind != TunnelKind.None && depth < MaximumTunnels; depth++)
            PacketDecoder.DecodeInner(frame.Bytes, ref packet);
        (header, exporter, isCut) = (default, packet.Source, false);
        datagram = default;
        if (packet.Protocol != IpProtocol.Udp || !packet.HasTransport)
            return false;
        datagram = frame.Bytes.Slice(packet.PayloadOffset, packet.PayloadLength);
        var length = packet.IsFragment
            ? LengthOf(frame.Bytes[(packet.PayloadOffset - UdpDatagram.HeaderLength)..])
            : packet.OriginalPayloadLength;
        isCut = length > datagram.Length;
        return IsExport(datagram, length, out header);
    }

    /// <summary>Length of the payload of a datagram by its UDP header, in bytes: the first fragment of IP has only a
    /// part of it.</summary>
    private static int LengthOf(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt16BigEndian(header[4..]) - UdpDatagram.HeaderLength;

    /// <summary>True for a datagram of NetFlow or IPFIX.</summary>
    /// <param name="bytes">What was captured of it.</param>
    /// <param name="length">Its length as sent, in bytes.</param>
    /// <param name="header">Its header.</param>
    public static bool IsExport(ReadOnlySpan<byte> bytes, int length, out ExportHeader header)
    {
        if (!ExportHeader.TryParse(bytes, out header, out _))
            return false;
        if (header.DatagramLength > 0 && header.DatagramLength != length)
            return false;
        return !header.HasSets || FillsToEnd(header.Version, bytes[header.Length..], bytes.Length < length);
    }

    /// <summary>True when there is a set, and nothing but zeros behind the last one.</summary>
    private static bool FillsToEnd(ushort version, ReadOnlySpan<byte> rest, bool isCut)
    {
        for (var sets = 0; ; sets++)
        {
            if (sets > 0 && !rest.ContainsAnyExcept((byte)0))
                return true;
            if (!ExportSet.TryParse(version, rest, out var set, out var error))
                return isCut && error == ParseError.Incomplete && (sets > 0 || rest.Length >= ExportSet.HeaderLength);
            rest = rest[set.Length..];
        }
    }
}
