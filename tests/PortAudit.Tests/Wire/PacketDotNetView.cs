using PacketDotNet;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>What PacketDotNet and the decoder both say of a frame's outermost packet; empty where there is no such
/// layer. The two read the same bytes and share no code.</summary>
internal sealed record PacketDotNetView(string Vlan, string Network, string Fragment, string Transport, string Ports,
    string Tcp, string Length)
{
    public static readonly PacketDotNetView Nothing = new("", "", "", "", "", "", "");

    /// <summary>The link types that PacketDotNet reads.</summary>
    public static bool Reads(ushort linkType) => linkType is 0 or 1 or 9 or 12 or 101 or 113 or 228 or 229 or 276;

    /// <summary>What PacketDotNet says; null when it throws.</summary>
    public static PacketDotNetView? Of(byte[] frame, ushort linkType)
    {
        try
        {
            return Of(Packet.ParsePacket((LinkLayers)linkType, frame));
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>What the decoder says.</summary>
    public static PacketDotNetView Of(in DecodedPacket packet)
    {
        var view = Nothing with { Vlan = new VlanTags(packet.Vlan.Outer, 0).ToString() };
        if (!packet.HasNetwork)
            return view;
        view = view with
        {
            Network = Text($"{packet.Source} {packet.Destination} {packet.TimeToLive} {packet.Protocol.Value}"),
            Fragment = packet.IsFragment ? Text($"{packet.Fragment.Position} {packet.Fragment.MoreFollow}") : "",
        };
        if (!packet.HasTransport || !(packet.Protocol.IsIcmp || packet.Protocol.Value is 6 or 17))
            return view;
        view = view with
        {
            Transport = packet.Protocol.ToString(),
            Ports = Text($"{packet.SourcePort} {packet.DestinationPort}"),
            // PacketDotNet counts some messages of ICMPv6 twice.
            Length = packet.Protocol == IpProtocol.IcmpV6 ? "" : Text($"{packet.PayloadLength}"),
        };
        return packet.Protocol == IpProtocol.Tcp
            ? view with
            {
                Tcp = Text(
                    $"{(int)packet.TcpFlags} {packet.SequenceNumber} {packet.AcknowledgmentNumber} {packet.Window}"),
            }
            : view;
    }

    private static PacketDotNetView Of(Packet packet)
    {
        var tag = packet.Extract<Ieee8021QPacket>();
        var view = Nothing with { Vlan = tag is null or { VlanIdentifier: 0 } ? "" : Text($"{tag.VlanIdentifier}") };
        if (packet.Extract<IPPacket>() is not { } network)
            return view;
        var header = network is IPv6Packet v6 && v6.ExtensionHeaders.Count > 0
            ? v6.ExtensionHeaders[^1].NextHeader
            : network.Protocol;
        view = view with
        {
            Network = Text($"{network.SourceAddress} {network.DestinationAddress} {network.TimeToLive} {(int)header}"),
            Fragment = FragmentOf(network),
        };
        return network.PayloadPacket switch
        {
            TcpPacket tcp => view with
            {
                Transport = "tcp",
                Ports = Text($"{tcp.SourcePort} {tcp.DestinationPort}"),
                Tcp = Text($"{tcp.Flags & 0xFF} {tcp.SequenceNumber} {tcp.AcknowledgmentNumber} {tcp.WindowSize}"),
                Length = Text($"{LengthOf(tcp)}"),
            },
            UdpPacket udp => view with
            {
                Transport = "udp",
                Ports = Text($"{udp.SourcePort} {udp.DestinationPort}"),
                Length = Text($"{LengthOf(udp)}"),
            },
            IcmpV4Packet icmp => view with
            {
                Transport = "icmp",
                Ports = Text($"{(int)icmp.TypeCode >> 8} {(int)icmp.TypeCode & 0xFF}"),
                Length = Text($"{LengthOf(icmp)}"),
            },
            IcmpV6Packet icmp => view with
            {
                Transport = "icmp6",
                Ports = Text($"{(int)icmp.Type} {icmp.Code}"),
            },
            _ => view,
        };
    }

    private static string FragmentOf(IPPacket network)
    {
        if (network is IPv4Packet v4)
            return v4.FragmentOffset > 0 || (v4.FragmentFlags & 1) != 0
                ? Text($"{v4.FragmentOffset * 8} {(v4.FragmentFlags & 1) != 0}")
                : "";
        return ((IPv6Packet)network).ExtensionHeaders.OfType<IPv6FragmentationExtensionHeader>().FirstOrDefault() is
        { } fragment
            ? Text($"{fragment.FragmentOffset * 8} {fragment.More}")
            : "";
    }

    /// <summary>Bytes behind the header, whatever it makes of them.</summary>
    private static int LengthOf(Packet packet) => packet.HeaderSegment.NextSegment().Length;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
