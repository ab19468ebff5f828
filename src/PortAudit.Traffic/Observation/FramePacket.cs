using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>One packet of a frame, as the packet path decodes it, for inspection of a single frame. Nothing beyond
/// <see cref="StoppedAt"/> is set.</summary>
public sealed record FramePacket
{
    /// <summary>Link type at the start of the packet; outside the registry behind an Authentication Header.</summary>
    public required LinkType LinkType { get; init; }

    /// <summary>Offset of its first byte in the frame.</summary>
    public required int Offset { get; init; }

    /// <summary>Offset of the byte after its last valid link header.</summary>
    public required int LinkEnd { get; init; }

    /// <summary>EtherType at <see cref="LinkEnd"/>; null where no link header names one.</summary>
    public required ushort? EtherType { get; init; }

    /// <summary>The tunnel around it, for example <c>vxlan</c>; empty for the outermost packet.</summary>
    public required string Tunnel { get; init; }

    /// <summary>The layer where decoding ended.</summary>
    public required DecodeLayer StoppedAt { get; init; }

    /// <summary>Why decoding ended.</summary>
    public required DecodeReason StopReason { get; init; }

    /// <summary>VLANs.</summary>
    public required VlanTags Vlan { get; init; }

    /// <summary>The IP header; null when none could be read.</summary>
    public FrameNetwork? Network { get; init; }

    /// <summary>Ports, or type and code; null when none could be read, as in a later fragment.</summary>
    public FrameTransport? Transport { get; init; }

    /// <summary>The packet's message in words of a closed list (<see cref="PacketMessage"/>); empty when unknown. Names
    /// in it come from the network.</summary>
    public required string Message { get; init; }

    /// <summary>The packets of a frame, from the outermost to the innermost; at least one.</summary>
    public static ImmutableArray<FramePacket> ReadAll(in CapturedPacket captured)
    {
        var packets = ImmutableArray.CreateBuilder<FramePacket>();
        PacketDecoder.Decode(captured.Bytes, captured.LinkType, captured.OriginalLength, out var packet);
        var frame = new LayerBytes(captured.Bytes, 0, Math.Max(captured.OriginalLength, captured.Bytes.Length));
        packets.Add(Of(captured.Bytes, frame, captured.LinkType, "", packet));
        while (packet.Inner.Kind != TunnelKind.None && packets.Count <= PacketWalk.MaximumTunnels)
        {
            var inner = packet.Inner;
            PacketDecoder.DecodeInner(captured.Bytes, ref packet);
            var bytes = captured.Bytes.Slice(inner.Offset, inner.Length);
            var layer = new LayerBytes(bytes, inner.Offset, inner.WireLength);
            var linkType = inner.Kind == TunnelKind.AuthenticationHeader ? LinkType.Unknown : inner.LinkType;
            packets.Add(Of(captured.Bytes, layer, linkType, inner.Kind.ToText(), packet));
        }

        return packets.ToImmutable();
    }

    private static FramePacket Of(ReadOnlySpan<byte> bytes, LayerBytes layer, LinkType linkType, string tunnel,
        in DecodedPacket packet)
    {
        var links = default(DecodedPacket);
        var cursor = new LinkCursor(layer, ref links);
        var isReached = linkType != LinkType.Unknown && LinkDecoder.TryReachNetwork(linkType, ref cursor);
        var isNamed = isReached || (linkType != LinkType.Unknown && cursor.Reason == DecodeReason.NotDecoded);
        return new FramePacket
        {
            LinkType = linkType,
            Offset = layer.Offset,
            LinkEnd = cursor.Layer.Offset,
            EtherType = isNamed && cursor.Next != 0 ? cursor.Next : null,
            Tunnel = tunnel,
            StoppedAt = packet.StoppedAt,
            StopReason = packet.StopReason,
            Vlan = packet.Vlan,
            Network = packet.HasNetwork
                ? FrameNetwork.Of(packet, isReached ? ContentOffset(cursor.Next, cursor.Layer) : layer.Offset)
                : null,
            Transport = packet.HasTransport ? FrameTransport.Of(packet) : null,
            Message = PacketMessage.Of(bytes, packet),
        };
    }

    private static int ContentOffset(ushort etherType, LayerBytes layer)
    {
        if (etherType == Wire.EtherType.Ipv4 && NetworkLayer.TryReadIpv4(layer, out var ipv4, out _))
            return ipv4.Payload.Offset;
        return etherType == Wire.EtherType.Ipv6 && NetworkLayer.TryReadIpv6(layer, out var ipv6, out _)
            ? ipv6.Payload.Offset
            : layer.Offset;
    }
}

/// <summary>Fields of an IP header and its extension headers.</summary>
/// <param name="Source">Source address.</param>
/// <param name="Destination">Destination address.</param>
/// <param name="Protocol">Protocol above IP.</param>
/// <param name="TimeToLive">Time to live, or hop limit.</param>
/// <param name="FragmentPosition">Offset of the fragment in the datagram, in bytes; null when not fragmented.</param>
/// <param name="MoreFragments">True for a fragment that is not the last.</param>
/// <param name="ContentOffset">Offset in the frame of the data after the headers, in bytes.</param>
public sealed record FrameNetwork(IpAddress Source, IpAddress Destination, IpProtocol Protocol, byte TimeToLive,
    int? FragmentPosition, bool MoreFragments, int ContentOffset)
{
    internal static FrameNetwork Of(in DecodedPacket packet, int contentOffset) => new(packet.Source,
        packet.Destination, packet.Protocol, packet.TimeToLive, packet.IsFragment ? packet.Fragment.Position : null,
        packet.Fragment.MoreFollow, contentOffset);
}

/// <summary>Fields of a transport header.</summary>
/// <param name="SourcePort">Source port; the type of ICMP; 0 for a protocol without ports.</param>
/// <param name="DestinationPort">Destination port; the code of ICMP.</param>
/// <param name="Flags">TCP control bits.</param>
/// <param name="SequenceNumber">TCP sequence number.</param>
/// <param name="AcknowledgmentNumber">TCP acknowledgment number.</param>
/// <param name="Window">TCP window, unscaled.</param>
/// <param name="PayloadOffset">Offset of the payload in the frame, in bytes.</param>
/// <param name="PayloadLength">Captured bytes of payload.</param>
/// <param name="OriginalPayloadLength">Bytes of payload on the wire, as the headers say.</param>
public sealed record FrameTransport(ushort SourcePort, ushort DestinationPort, TcpFlags Flags, uint SequenceNumber,
    uint AcknowledgmentNumber, ushort Window, int PayloadOffset, int PayloadLength, int OriginalPayloadLength)
{
    internal static FrameTransport Of(in DecodedPacket packet) => new(packet.SourcePort, packet.DestinationPort,
        packet.TcpFlags, packet.SequenceNumber, packet.AcknowledgmentNumber, packet.Window, packet.PayloadOffset,
        packet.PayloadLength, packet.OriginalPayloadLength);
}
