using System.Runtime.CompilerServices;
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

    // Odd, and their bits without pattern: primes of xxHash64.
    private const ulong First = 0x9E37_79B1_85EB_CA87;
    private const ulong Second = 0xC2B2_AE3D_27D4_EB4F;
    private const ulong Third = 0x1656_67B1_9E37_79F9;
    private const ulong Fourth = 0x85EB_CA77_C2B2_AE63;
    private const ulong Fifth = 0x27D4_EB2F_1656_67C5;
    private const ulong Sixth = 0xD6E8_FEB8_6659_FD93;

    /// <summary>The key of a packet.</summary>
    /// <param name="packet">A packet with a transport layer.</param>
    /// <param name="point">Index of the capture point.</param>
    /// <param name="sentByLow">True when the packet's source is the key's low endpoint.</param>
    public static FlowKey Of(in DecodedPacket packet, ushort point, out bool sentByLow) => Of(
        packet.Source, packet.SourcePort, packet.Destination, packet.DestinationPort, packet.Protocol, new Place(packet.Vlan, point, packet.Tunnel), out sentByLow);

    /// <summary>The key of the packet that an ICMP error quotes.</summary>
    public static FlowKey OfQuoted(in DecodedPacket packet, ushort point, out bool sentByLow) => Of(
        packet.QuotedSource, packet.QuotedSourcePort, packet.QuotedDestination, packet.QuotedDestinationPort, packet.QuotedProtocol, new Place(packet.Vlan, point, packet.Tunnel), out sentByLow);

    /// <inheritdoc />
    public bool Equals(FlowKey other) => Matches(other);

    /// <summary>As <see cref="Equals(FlowKey)"/>, without copying either key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(in FlowKey other) =>
        ((Low.Low ^ other.Low.Low) | (High.Low ^ other.High.Low) | (Low.High ^ other.Low.High) | (High.High ^ other.High.High)
            | (Ports ^ other.Ports) | (Surroundings ^ other.Surroundings)) == 0;

    /// <inheritdoc />
    public override int GetHashCode() => (int)Hash();

    /// <summary>A hash of all parts, well mixed in its low and its high bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Hash()
    {
        // The products do not wait for each other.
        var sum = (Low.Low * First) + (High.Low * Second) + (Low.High * Third) + (High.High * Fourth) + (Ports * Fifth) + (Surroundings * Sixth);
        sum = (sum ^ (sum >> 32)) * First;
        return (uint)((sum ^ (sum >> 29)) >> 16);
    }

    private ulong Ports
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ((ulong)LowPort << 48) | ((ulong)HighPort << 32) | ((ulong)Point << 16) | Transport.Value;
    }

    private ulong Surroundings
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ((ulong)Tunnel << 32) | ((ulong)Vlan.Outer << 16) | Vlan.Inner;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FlowKey Of(
        IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort, IpProtocol transport, in Place place, out bool sentByLow)
    {
        if (transport.IsIcmp)
            return OfIcmp(source, (byte)sourcePort, destination, (byte)destinationPort, transport, place, out sentByLow);

        var order = source.CompareTo(destination);
        sentByLow = order < 0 || (order == 0 && sourcePort <= destinationPort);
        return sentByLow
            ? new FlowKey(source, destination, sourcePort, destinationPort, place.Vlan, place.Point, transport, place.Tunnel)
            : new FlowKey(destination, source, destinationPort, sourcePort, place.Vlan, place.Point, transport, place.Tunnel);
    }

    private static FlowKey OfIcmp(IpAddress source, byte type, IpAddress destination, byte code, IpProtocol transport, in Place place, out bool sentByLow)
    {
        sentByLow = source.CompareTo(destination) <= 0;
        var (low, high) = sentByLow ? (source, destination) : (destination, source);
        if (IcmpPairing.TryPair(transport, type, out var request, out _))
            return new FlowKey(low, high, request, 0, place.Vlan, place.Point, transport, place.Tunnel);
        return new FlowKey(low, high, type, (ushort)(sentByLow ? code : code | SentByHigh), place.Vlan, place.Point, transport, place.Tunnel);
    }

    /// <summary>What of the key is not the packet's own.</summary>
    private readonly record struct Place(VlanTags Vlan, ushort Point, ushort Tunnel);
}
