using System.Globalization;
using PortAudit.Tests.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>What tshark and the decoder both say of a frame's outermost packet; empty where there is no such
/// layer.</summary>
internal sealed record TsharkView(string Vlan, string Network, string Transport, string Ports, string TcpFields,
    string PayloadLength)
{
    // The layers before IP that the decoder follows too.
    private static readonly string[] LinkLayers =
        ["eth", "vlan", "ieee8021ad", "sll", "null", "raw", "llc", "ppp", "pppoes", "mpls"];

    private static readonly TsharkView Nothing = new("", "", "", "", "", "");

    /// <param name="frame">What tshark says.</param>
    /// <param name="packet"> The decoder's view of the same frame: where it says that a header is damaged, cut or of a
    /// fragment, tshark prints lengths as the header claims them, which is not what is compared. </param>
    public static TsharkView Of(TsharkFrame frame, in DecodedPacket packet)
    {
        var layers = frame.Layers.SkipWhile(LinkLayers.Contains).ToList();
        var network = layers.FirstOrDefault();
        var link = Nothing with { Vlan = frame["vlan.id"] is "0" ? "" : frame["vlan.id"] };
        if (network is not ("ip" or "ipv6") || frame[$"{network}.src"].Length == 0)
            return link;

        // Cut among the extension headers the decoder does not know the protocol, and so names no packet.
        if (packet is { HasNetwork: false, StoppedAt: DecodeLayer.Ipv6, StopReason: DecodeReason.CutByCapture }
            && layers.Any(layer => layer.StartsWith("ipv6.", StringComparison.Ordinal)))
            return link;

        var transport = layers.Skip(1).SkipWhile(layer => layer.StartsWith("ipv6.", StringComparison.Ordinal))
            .FirstOrDefault() ?? "";
        var view = link with
        {
            Network =
            $"{frame[$"{network}.src"]} {frame[$"{network}.dst"]} {frame[network == "ip" ? "ip.ttl" : "ipv6.hlim"]}"
        };
        return transport switch
        {
            "tcp" => view with
            {
                Transport = transport,
                Ports = $"{frame["tcp.srcport"]} {frame["tcp.dstport"]}",
                TcpFields = packet.StopReason == DecodeReason.Done ? TcpFieldsOf(frame) : "",
                PayloadLength = packet.StopReason == DecodeReason.Done ? frame["tcp.len"] : "",
            },
            "udp" => view with
            {
                Transport = transport,
                Ports = $"{frame["udp.srcport"]} {frame["udp.dstport"]}",
                PayloadLength = packet.StopReason == DecodeReason.Done && !packet.IsFragment ? frame["udp.length"] : "",
            },
            "icmp" or "icmpv6" => view
                with
            { Transport = transport, Ports = $"{frame[$"{transport}.type"]} {frame[$"{transport}.code"]}" },
            _ => view,
        };
    }

    public static TsharkView Of(in DecodedPacket packet)
    {
        var link = Nothing with { Vlan = new VlanTags(packet.Vlan.Outer, 0).ToString() };
        if (!packet.HasNetwork)
            return link;

        var view = link
            with
        { Network = FormattableString.Invariant($"{packet.Source} {packet.Destination} {packet.TimeToLive}") };
        if (!packet.HasTransport || !(packet.Protocol.HasPorts || packet.Protocol.IsIcmp))
            return view;

        view = view with
        {
            Transport = packet.Protocol == IpProtocol.IcmpV6 ? "icmpv6" : packet.Protocol.ToString(),
            Ports = FormattableString.Invariant($"{packet.SourcePort} {packet.DestinationPort}"),
        };
        if (packet.StopReason != DecodeReason.Done)
            return view;
        if (packet.Protocol == IpProtocol.Tcp)
        {
            return view with
            {
                TcpFields = FormattableString.Invariant(
                    $"{(int)packet.TcpFlags} {packet.SequenceNumber} {packet.AcknowledgmentNumber} {packet.Window}"),
                PayloadLength = packet.OriginalPayloadLength.ToString(CultureInfo.InvariantCulture),
            };
        }

        return packet.Protocol == IpProtocol.Udp && !packet.IsFragment
            ? view with
            {
                PayloadLength = (packet.OriginalPayloadLength
                + UdpDatagram.HeaderLength).ToString(CultureInfo.InvariantCulture)
            }
            : view;
    }

    private static string TcpFieldsOf(TsharkFrame frame)
    {
        // tshark counts four reserved bits among the flags (0xFFF).
        var flags = Convert.ToInt32(frame["tcp.flags"], 16) & 0xFF;
        return $"{flags} {frame["tcp.seq_raw"]} {frame["tcp.ack_raw"]} {frame["tcp.window_size_value"]}";
    }
}
