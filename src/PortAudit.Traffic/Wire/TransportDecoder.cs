using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>Reads the content of an IP packet. A header cut or malformed after its ports still names the conversation,
/// without a payload.</summary>
internal static class TransportDecoder
{
    /// <summary>Reads the transport header, and the packet quoted by an ICMP error.</summary>
    /// <param name="network">The IP packet: unfragmented, or the first fragment.</param>
    /// <param name="networkLayer">Its layer.</param>
    /// <param name="packet">Receives the result.</param>
    public static void Decode(in NetworkLayer network, DecodeLayer networkLayer, ref DecodedPacket packet)
    {
        var protocol = network.Protocol;
        if (protocol == IpProtocol.Tcp)
            DecodeTcp(network.Payload, ref packet);
        else if (protocol == IpProtocol.Udp)
            DecodeUdp(network.Payload, ref packet);
        else if (protocol.IsIcmp)
            DecodeIcmp(network.Payload, ref packet);
        else if (protocol == IpProtocol.Sctp)
            DecodeSctp(network.Payload, ref packet);
        else
            TakeAsPayload(network.Payload, networkLayer, ref packet);
    }

    private static void DecodeTcp(in LayerBytes layer, ref DecodedPacket packet)
    {
        SetPorts(layer, ref packet);
        if (TcpSegment.TryParse(layer.Bytes, out var segment, out var error))
        {
            SetControl(segment.Control, ref packet);
            packet.TransportChecksum = segment.Checksum;
            packet.TcpHeaderLength = (byte)segment.HeaderLength;
            SetPayload(layer.Inner(segment.Payload, segment.HeaderLength), ref packet);
            PacketDecoder.Stop(ref packet, DecodeLayer.Payload, DecodeReason.Done);
            return;
        }

        var reason = layer.Explain(error);
        if (reason == DecodeReason.CutByCapture && TcpControl.TryParse(layer.Bytes, out var control, out _))
        {
            if (control.HeaderLength <= layer.WireLength)
            {
                SetControl(control, ref packet);
                packet.OriginalPayloadLength = layer.WireLength - control.HeaderLength;
            }
            else
            {
                reason = DecodeReason.HeaderLies;
            }
        }

        PacketDecoder.Stop(ref packet, DecodeLayer.Tcp, reason);
    }

    private static void DecodeUdp(in LayerBytes layer, ref DecodedPacket packet)
    {
        SetPorts(layer, ref packet);
        if (!UdpDatagram.TryParse(layer.Bytes, out var datagram, out var error))
        {
            var reason = layer.Explain(error);
            if (reason == DecodeReason.CutByCapture)
                packet.OriginalPayloadLength = Math.Max(0, layer.WireLength - UdpDatagram.HeaderLength);
            PacketDecoder.Stop(ref packet, DecodeLayer.Udp, reason);
            return;
        }

        packet.TransportChecksum = datagram.Checksum;
        SetPayload(layer.Inner(datagram.Payload, UdpDatagram.HeaderLength, datagram.Length - UdpDatagram.HeaderLength),
            ref packet);
        if (datagram.Length > layer.WireLength && !packet.IsFragment)
            PacketDecoder.Stop(ref packet, DecodeLayer.Udp, DecodeReason.HeaderLies);
        else
            PacketDecoder.Stop(ref packet, DecodeLayer.Payload, DecodeReason.Done);
        if (!packet.IsFragment)
            DatagramTunnelDecoder.Find(layer.Inner(datagram.Payload, UdpDatagram.HeaderLength,
                datagram.Length - UdpDatagram.HeaderLength), ref packet);
    }

    private static void DecodeSctp(LayerBytes layer, ref DecodedPacket packet)
    {
        SetPorts(layer, ref packet);
        if (SctpHeader.TryParse(layer.Bytes, out var header, out var error))
        {
            SetPayload(layer.Inner(header.Payload, SctpHeader.HeaderLength), ref packet);
            PacketDecoder.Stop(ref packet, DecodeLayer.Payload, DecodeReason.Done);
            return;
        }

        PacketDecoder.Stop(ref packet, DecodeLayer.Sctp, layer.Explain(error));
    }

    private static void DecodeIcmp(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!IcmpMessage.TryParse(layer.Bytes, out var message, out var error))
        {
            PacketDecoder.Stop(ref packet, DecodeLayer.Icmp, layer.Explain(error));
            return;
        }

        packet.HasTransport = true;
        packet.SourcePort = message.Type;
        packet.DestinationPort = message.Code;
        packet.TransportChecksum = message.Checksum;
        var payload = layer.Inner(message.Payload, IcmpMessage.HeaderLength);
        SetPayload(payload, ref packet);
        var reason = message.IsError(packet.Protocol) ? IcmpQuote.Read(payload, ref packet) : DecodeReason.Done;
        PacketDecoder.Stop(ref packet, reason == DecodeReason.Done ? DecodeLayer.Payload : DecodeLayer.Icmp, reason);
    }

    private static void TakeAsPayload(LayerBytes layer, DecodeLayer networkLayer, ref DecodedPacket packet)
    {
        packet.HasTransport = true;
        SetPayload(layer, ref packet);
        if (!packet.IsFragment && TunnelDecoder.TryFind(layer, ref packet))
            PacketDecoder.Stop(ref packet, DecodeLayer.Payload, DecodeReason.Done);
        else
            PacketDecoder.Stop(ref packet, networkLayer, DecodeReason.NotDecoded);
    }

    /// <summary>Sets the ports if readable, with an empty payload until a complete header says otherwise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetPorts(in LayerBytes layer, ref DecodedPacket packet)
    {
        if (!TransportPorts.TryParse(layer.Bytes, out var ports, out _))
            return;
        packet.HasTransport = true;
        packet.SourcePort = ports.Source;
        packet.DestinationPort = ports.Destination;
        packet.PayloadOffset = layer.Offset + layer.Bytes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetControl(TcpControl control, ref DecodedPacket packet)
    {
        packet.TcpFlags = control.Flags;
        packet.SequenceNumber = control.SequenceNumber;
        packet.AcknowledgmentNumber = control.AcknowledgmentNumber;
        packet.Window = control.Window;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetPayload(in LayerBytes payload, ref DecodedPacket packet)
    {
        packet.PayloadOffset = payload.Offset;
        packet.PayloadLength = payload.Bytes.Length;
        packet.OriginalPayloadLength = payload.WireLength;
    }
}
