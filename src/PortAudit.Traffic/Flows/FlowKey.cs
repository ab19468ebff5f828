using System.Runtime.InteropServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// What makes packets one flow: both endpoints in a fixed order, transport, VLAN identifiers, tunnel and capture point. Both directions
/// of a conversation have the same key.
/// </summary>
/// <remarks>
/// ICMP has no ports. <see cref="LowPort"/> then holds the type (of the request, where request and reply pair) and
/// <see cref="HighPort"/> the code, with <see cref="SentByHigh"/> added to messages that have no reply, so that errors that two
/// hosts send each other are two flows.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlowKey(
    IpAddress Low, IpAddress High, ushort LowPort, ushort HighPort, VlanTags Vlan, ushort Point, IpProtocol Transport, ushort Tunnel)
{
    /// <summary>Marks, in <see cref="HighPort"/>, an ICMP message without a reply that the higher address sent.</summary>
    public const ushort SentByHigh = 0x100;

    /// <summary>The key of a packet.</summary>
    /// <param name="packet">A packet with a transport layer.</param>
    /// <param name="point">Index of the capture point.</param>
    /// <param name="sentByLow">True when the packet's source is the key's low endpoint.</param>
    public static FlowKey Of(in DecodedPacket packet, ushort point, out bool sentByLow) => Of(
        new Endpoint(packet.Source, packet.SourcePort), new Endpoint(packet.Destination, packet.DestinationPort), packet.Protocol, new Place(packet.Vlan, point, packet.Tunnel), out sentByLow);

    /// <summary>The key of the packet that an ICMP error quotes.</summary>
    public static FlowKey OfQuoted(in DecodedPacket packet, ushort point, out bool sentByLow) => Of(
        new Endpoint(packet.QuotedSource, packet.QuotedSourcePort), new Endpoint(packet.QuotedDestination, packet.QuotedDestinationPort), packet.QuotedProtocol, new Place(packet.Vlan, point, packet.Tunnel), out sentByLow);

    /// <summary>A hash of all parts, well mixed in its low bits.</summary>
    public uint Hash()
    {
        const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
        var mixed = (Low.High ^ High.Low) * Multiplier;
        mixed = (mixed ^ (mixed >> 29) ^ Low.Low) * Multiplier;
        mixed = (mixed ^ (mixed >> 32) ^ High.High) * Multiplier;
        var ports = ((ulong)LowPort << 48) | ((ulong)HighPort << 32) | ((ulong)Point << 16) | Transport.Value;
        mixed = (mixed ^ (mixed >> 31) ^ ports) * Multiplier;
        mixed = (mixed ^ (mixed >> 30) ^ (((ulong)Tunnel << 32) | ((ulong)Vlan.Outer << 16) | Vlan.Inner)) * Multiplier;
        return (uint)(mixed >> 32);
    }

    private static FlowKey Of(Endpoint source, Endpoint destination, IpProtocol transport, in Place place, out bool sentByLow)
    {
        if (transport.IsIcmp)
            return OfIcmp(source, destination, transport, place, out sentByLow);

        sentByLow = source.CompareTo(destination) <= 0;
        var (low, high) = sentByLow ? (source, destination) : (destination, source);
        return new FlowKey(low.Address, high.Address, low.Port, high.Port, place.Vlan, place.Point, transport, place.Tunnel);
    }

    private static FlowKey OfIcmp(Endpoint source, Endpoint destination, IpProtocol transport, in Place place, out bool sentByLow)
    {
        sentByLow = source.Address.CompareTo(destination.Address) <= 0;
        var (low, high) = sentByLow ? (source.Address, destination.Address) : (destination.Address, source.Address);
        var (type, code) = ((byte)source.Port, (byte)destination.Port);
        if (IcmpPairing.TryPair(transport, type, out var request, out _))
            return new FlowKey(low, high, request, 0, place.Vlan, place.Point, transport, place.Tunnel);
        return new FlowKey(low, high, type, (ushort)(sentByLow ? code : code | SentByHigh), place.Vlan, place.Point, transport, place.Tunnel);
    }

    /// <summary>What of the key is not the packet's own.</summary>
    private readonly record struct Place(VlanTags Vlan, ushort Point, ushort Tunnel);
}
