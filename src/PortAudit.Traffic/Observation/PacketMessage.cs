using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Summarises a packet in a few words: message names, commands, codes and states from closed lists, plus DNS
/// names and SSH's software banner. No other payload is copied: passwords, tickets, challenge responses, communities
/// and tokens occur in all protocols, and an exclusion list would never be complete.</summary>
internal static class PacketMessage
{
    private const byte EchoReply = 0;
    private const byte Echo = 8;
    private const byte EchoV6 = 128;
    private const byte EchoReplyV6 = 129;

    /// <summary>The summary; empty when there is none.</summary>
    public static string Of(ReadOnlySpan<byte> frame, in DecodedPacket packet)
    {
        if (!packet.HasTransport)
            return "";
        if (packet.Protocol.IsIcmp)
            return OfIcmp(packet);
        var hasPayload = packet.Protocol.HasPorts && packet.PayloadLength > 0
            && packet.Inner.Kind == TunnelKind.None;
        return hasPayload
            ? PayloadWords.Of(frame.Slice(packet.PayloadOffset, packet.PayloadLength), packet.Protocol,
                packet.SourcePort, packet.DestinationPort)
            : "";
    }

    private static string OfIcmp(in DecodedPacket packet)
    {
        var (type, code) = ((byte)packet.SourcePort, (byte)packet.DestinationPort);
        if (packet.HasQuote)
        {
            var quoted = packet.QuotedProtocol.HasPorts
                ? $"{new Endpoint(packet.QuotedSource, packet.QuotedSourcePort)} -> "
                    + $"{new Endpoint(packet.QuotedDestination, packet.QuotedDestinationPort)}"
                : $"{packet.QuotedSource} -> {packet.QuotedDestination}";
            return $"{IcmpErrorText.Of(packet.Protocol == IpProtocol.Icmp, type, code)}, about "
                + $"{packet.QuotedProtocol} {quoted}";
        }

        var isV6 = packet.Protocol == IpProtocol.IcmpV6;
        return (isV6, type) switch
        {
            (false, Echo) or (true, EchoV6) => "echo request",
            (false, EchoReply) or (true, EchoReplyV6) => "echo reply",
            (true, 133) => "router solicitation",
            (true, 134) => "router advertisement",
            (true, 135) => "neighbor solicitation",
            (true, 136) => "neighbor advertisement",
            _ => IcmpErrorText.Of(!isV6, type, code),
        };
    }
}
