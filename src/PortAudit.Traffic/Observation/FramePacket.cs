using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>
/// A packet of a frame as the decoder of the packet path reads it, for people who ask for this one frame. What lies
/// beyond <see cref="StoppedAt"/> is not set.
/// </summary>
public sealed record FramePacket
{
    /// <summary>How the packet begins; unknown to the registry behind an Authentication Header.</summary>
    public required LinkType LinkType { get; init; }

    /// <summary>Offset of its first byte in the frame, in bytes.</summary>
    public required int Offset { get; init; }

    /// <summary>Offset of the byte behind its last good link header, in bytes.</summary>
    public required int LinkEnd { get; init; }

    /// <summary>EtherType of what begins there; null where no link header names one.</summary>
    public required ushort? EtherType { get; init; }

    /// <summary>The tunnel in which it runs, for example <c>vxlan</c>; empty for the packet of the frame.</summary>
    public required string Tunnel { get; init; }

    /// <summary>The layer at which decoding ended.</summary>
    public required DecodeLayer StoppedAt { get; init; }

    /// <summary>Why it ended there.</summary>
    public required DecodeReason StopReason { get; init; }

    /// <summary>VLANs.</summary>
    public required VlanTags Vlan { get; init; }

    /// <summary>The header of IP and its like; null when none could be read.</summary>
    public FrameNetwork? Network { get; init; }

    /// <summary>Ports, or type and code; null when none could be read, as in a later fragment.</summary>
    public FrameTransport? Transport { get; init; }

    /// <summary>What the packet says, in words of a closed list (<see cref="PacketMessage"/>); empty when it cannot be
    /// said. Names that it holds come from the network.</summary>
    public required string Message { get; init; }

    /// <summary>The packets of a frame, each inside the one before it; at least one.</summary>
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

/// <summary>What an IP header of a frame says, behind IPv6 extension headers.</summary>
/// <param name="Source">Source address.</param>
/// <param name="Destination">Destination address.</param>
/// <param name="Protocol">Protocol above IP.</param>
/// <param name="TimeToLive">Time to live, or hop limit.</param>
/// <param name="FragmentPosition">Where in the whole datagram the fragment's data belong, in bytes; null for a packet
/// that is no fragment.</param>
/// <param name="MoreFragments">True for a fragment that is not the last.</param>
/// <param name="ContentOffset">Offset in the frame of what the headers carry, in bytes.</param>
public sealed record FrameNetwork(IpAddress Source, IpAddress Destination, IpProtocol Protocol, byte TimeToLive,
    int? FragmentPosition, bool MoreFragments, int ContentOffset)
{
    internal static FrameNetwork Of(in DecodedPacket packet, int contentOffset) => new(packet.Source,
        packet.Destination, packet.Protocol, packet.TimeToLive, packet.IsFragment ? packet.Fragment.Position : null,
        packet.Fragment.MoreFollow, contentOffset);
}

/// <summary>What a transport header of a frame says.</summary>
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
