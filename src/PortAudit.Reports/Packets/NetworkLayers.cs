using System.Globalization;
using PacketDotNet;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Packets;

/// <summary>The header of IP or ARP of a packet.</summary>
internal static class NetworkLayers
{
    /// <summary>Names of ARP's fields that a line shows, too.</summary>
    public const string Operation = "Operation";

    /// <inheritdoc cref="Operation"/>
    public const string SenderAddress = "Sender address";

    /// <inheritdoc cref="Operation"/>
    public const string TargetAddress = "Target address";

    private const ushort Ipv4Type = 0x0800;
    private const ushort Ipv6Type = 0x86DD;
    internal const ushort ArpType = 0x0806;
    private const int WordLength = 4;
    private const int FragmentUnit = 8;

    /// <summary>Reads it; null when there is none.</summary>
    public static PacketLayer? Of(byte[] bytes, FramePacket packet)
    {
        // Behind an Authentication Header the addresses are those of the packet around it.
        if (packet.Tunnel == "ah")
            return null;
        return LayerDraft.Read(bytes, packet.LinkEnd, draft => (packet.EtherType, packet.Network) switch
        {
            (Ipv4Type, not null) => Ipv4(draft),
            (Ipv6Type, { } network) => Ipv6(draft, network.ContentOffset - packet.LinkEnd),
            (ArpType, null) when draft.Available >= ArpFields.HeaderLength => Arp(draft),
            _ => null,
        }, () => packet.Network is { } network ? Own(packet.LinkEnd, network) : null);
    }

    private static PacketLayer Ipv4(LayerDraft draft)
    {
        var header = new IPv4Packet(draft.Segment);
        draft.Add(IPv4Fields.VersionAndHeaderLengthPosition, "Version", (int)header.Version);
        draft.Add(IPv4Fields.VersionAndHeaderLengthPosition, "Header length",
            Bytes(header.HeaderLength * WordLength));
        draft.AddHex(IPv4Fields.DifferentiatedServicesPosition, "Differentiated services", header.TypeOfService, 2);
        draft.Add(IPv4Fields.TotalLengthPosition, "Total length", Bytes(header.TotalLength));
        draft.AddHex(IPv4Fields.IdPosition, "Identification", header.Id, 4);
        draft.Add(IPv4Fields.FragmentOffsetAndFlagsPosition, "Flags", FlagText(header.FragmentFlags));
        draft.Add(IPv4Fields.FragmentOffsetAndFlagsPosition, "Fragment offset",
            Bytes(header.FragmentOffset * FragmentUnit));
        draft.Add(IPv4Fields.TtlPosition, "Time to live", header.TimeToLive);
        draft.Add(IPv4Fields.ProtocolPosition, "Protocol", ProtocolText((byte)header.Protocol));
        draft.Add(IPv4Fields.ChecksumPosition, "Checksum", Unverified(header.Checksum));
        draft.Add(IPv4Fields.SourcePosition, "Source", header.SourceAddress.ToString());
        draft.Add(IPv4Fields.DestinationPosition, "Destination", header.DestinationAddress.ToString());
        if (header.HeaderLength * WordLength > IPv4Fields.HeaderLength)
            draft.Add(IPv4Fields.HeaderLength, "Options",
                Bytes((header.HeaderLength * WordLength) - IPv4Fields.HeaderLength));
        return draft.ToLayer("IPv4", header.HeaderLength * WordLength);
    }

    private static PacketLayer Ipv6(LayerDraft draft, int length)
    {
        var header = new IPv6Packet(draft.Segment);
        draft.Add(IPv6Fields.VersionTrafficClassFlowLabelPosition, "Version", (int)header.Version);
        draft.AddHex(IPv6Fields.VersionTrafficClassFlowLabelPosition, "Traffic class", header.TrafficClass, 2);
        draft.AddHex(IPv6Fields.VersionTrafficClassFlowLabelPosition, "Flow label", header.FlowLabel, 5);
        draft.Add(IPv6Fields.PayloadLengthPosition, "Payload length", Bytes(header.PayloadLength));
        draft.Add(IPv6Fields.NextHeaderPosition, "Next header", ProtocolText((byte)header.NextHeader));
        draft.Add(IPv6Fields.HopLimitPosition, "Hop limit", header.HopLimit);
        draft.Add(IPv6Fields.SourceAddressPosition, "Source", header.SourceAddress.ToString());
        draft.Add(IPv6Fields.DestinationAddressPosition, "Destination", header.DestinationAddress.ToString());
        if (length > IPv6Fields.HeaderLength)
            draft.Add(IPv6Fields.HeaderLength, "Extension headers", Bytes(length - IPv6Fields.HeaderLength));
        return draft.ToLayer("IPv6", length);
    }

    private static PacketLayer Arp(LayerDraft draft)
    {
        var header = new ArpPacket(draft.Segment);
        draft.Add(ArpFields.OperationPosition, Operation, header.Operation switch
        {
            ArpOperation.Request => "request",
            ArpOperation.Response => "reply",
            _ => ((int)header.Operation).ToString(CultureInfo.InvariantCulture),
        });
        draft.Add(ArpFields.SenderHardwareAddressPosition, "Sender",
            LinkLayers.HardwareText(header.SenderHardwareAddress.GetAddressBytes()));
        draft.Add(ArpFields.SenderProtocolAddressPosition, SenderAddress, header.SenderProtocolAddress.ToString());
        draft.Add(ArpFields.TargetHardwareAddressPosition, "Target",
            LinkLayers.HardwareText(header.TargetHardwareAddress.GetAddressBytes()));
        draft.Add(ArpFields.TargetProtocolAddressPosition, TargetAddress, header.TargetProtocolAddress.ToString());
        return draft.ToLayer("ARP", ArpFields.HeaderLength);
    }

    private static PacketLayer Own(int offset, FrameNetwork network) => new(
        "IP",
        offset,
        network.ContentOffset - offset,
        [
            new(null, "Source", network.Source.ToString()),
            new(null, "Destination", network.Destination.ToString()),
            new(null, "Protocol", ProtocolText(network.Protocol.Value)),
            new(null, "Time to live", network.TimeToLive.ToString(CultureInfo.InvariantCulture)),
        ]);

    /// <summary>Bit 1: don't fragment; bit 0: more fragments (RFC 791 §3.1, the reserved bit is the third).</summary>
    private static string FlagText(int flags)
    {
        var names = new List<string>();
        if ((flags & 2) != 0)
            names.Add("don't fragment");
        if ((flags & 1) != 0)
            names.Add("more fragments");
        return names.Count == 0 ? "none" : string.Join(", ", names);
    }

    private static string ProtocolText(byte number) =>
        $"{number} ({new Traffic.Wire.IpProtocol(number)})".Replace($" (ip:{number})", "", StringComparison.Ordinal);

    private static string Bytes(int number) => string.Create(CultureInfo.InvariantCulture, $"{number} bytes");

    /// <summary>A checksum; a packet that its sender captured has none yet.</summary>
    internal static string Unverified(ushort checksum) => $"0x{checksum:X4} (not verified)";
}
