using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Packets;

/// <summary>What one line says of a frame: its innermost packet, and around it the tunnels.</summary>
/// <param name="bytes">The frame as far as it was captured.</param>
/// <param name="packets">The packets of the frame.</param>
/// <param name="originalLength">Length of the frame on the wire, in bytes.</param>
internal sealed class PacketLine(byte[] bytes, ImmutableArray<FramePacket> packets, int originalLength)
{
    /// <summary>The innermost packet of which addresses are known; the innermost of all where none are.</summary>
    private readonly FramePacket _packet = packets.LastOrDefault(packet => packet.Network is not null) ?? packets[^1];

    /// <summary>The addresses that ARP asks from and for; null for any other packet.</summary>
    private PacketLayer? Arp =>
        _packet.EtherType == NetworkLayers.ArpType ? NetworkLayers.Of(bytes, _packet) : null;

    /// <summary>Source address, with the port; empty when unknown.</summary>
    public string Source => Arp is { } arp
        ? Field(arp, NetworkLayers.SenderAddress)
        : EndpointText(_packet.Network?.Source, _packet.Transport?.SourcePort);

    /// <summary>Destination address, with the port; empty when unknown.</summary>
    public string Destination => Arp is { } arp
        ? Field(arp, NetworkLayers.TargetAddress)
        : EndpointText(_packet.Network?.Destination, _packet.Transport?.DestinationPort);

    /// <summary>Transport; EtherType or link type where no IP header was read.</summary>
    public string Protocol => (_packet.Network, _packet.EtherType) switch
    {
        ({ } network, _) => network.Protocol.ToString(),
        (_, NetworkLayers.ArpType) => "arp",
        (_, 0x0800) => "ipv4",
        (_, 0x86DD) => "ipv6",
        (_, { } etherType) => $"0x{etherType:X4}",
        _ => "link",
    };

    public string Info => string.Join("; ", Parts().Where(part => part.Length > 0));

    private IEnumerable<string> Parts()
    {
        yield return FlagText;
        yield return LengthText;
        if (Arp is { } arp)
            yield return Field(arp, NetworkLayers.Operation);
        yield return _packet.Message;
        yield return SequenceText;
        if (_packet.Network is { FragmentPosition: { } position } network)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"fragment at byte {position}{(network.MoreFragments ? ", more follow" : ", the last")}");
        if (_packet.Vlan.ToString() is { Length: > 0 } vlan)
            yield return $"VLAN {vlan}";
        for (var index = packets.IndexOf(_packet); index > 0; index--)
        {
            if (packets[index] is { Tunnel: { Length: > 0 } tunnel } && packets[index - 1].Network is { } outer)
                yield return $"in {tunnel} {outer.Source} -> {outer.Destination}";
        }

        if (bytes.Length < originalLength)
            yield return string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes captured");
        var inner = packets[^1];
        if (inner.StopReason is not (DecodeReason.Done or DecodeReason.LaterFragment) && !IsOnlyUndecoded(inner))
            yield return $"decoding ended at {DecodeWords.ToText(inner.StoppedAt)}: "
                + DecodeWords.ToClause(inner.StopReason);
    }

    /// <summary>Undecoded content of another protocol is expected.</summary>
    private static bool IsOnlyUndecoded(FramePacket packet) =>
        packet.StopReason == DecodeReason.NotDecoded && (packet.Network is not null || packet.EtherType is not null);

    /// <summary>The header of TCP; null when it was not read, or when nothing of it was.</summary>
    private FrameTransport? Tcp => _packet is { Network: { } network, Transport: { } transport }
        && network.Protocol == IpProtocol.Tcp
        && (transport.Flags != TcpFlags.None || _packet.StoppedAt != DecodeLayer.Tcp)
        ? transport
        : null;

    private string FlagText => Tcp is { } tcp ? TransportLayers.FlagText(tcp.Flags) : "";

    private string LengthText => _packet.Transport is { OriginalPayloadLength: > 0 } transport
        ? Quantity.Of(transport.OriginalPayloadLength, "byte")
        : "";

    private string SequenceText => Tcp is { } tcp
        ? string.Create(CultureInfo.InvariantCulture,
            $"seq {tcp.SequenceNumber}{AcknowledgmentText(tcp)}, window {tcp.Window}")
        : "";

    private static string AcknowledgmentText(FrameTransport transport) => transport.Flags.HasFlag(TcpFlags.Ack)
        ? string.Create(CultureInfo.InvariantCulture, $", ack {transport.AcknowledgmentNumber}")
        : "";

    private static string Field(PacketLayer layer, string name) =>
        layer.Fields.First(field => field.Name == name).Value;

    private string EndpointText(IpAddress? address, ushort? port) => (address, port) switch
    {
        (null, _) => "",
        ({ } known, { } number) when _packet.Network!.Protocol.HasPorts => new Endpoint(known, number).ToString(),
        ({ } known, _) => known.ToString(),
    };
}
