using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>The key of a flow: both endpoints in a fixed order, transport, VLAN identifiers, tunnel and capture point.
/// The same for both directions.</summary>
/// <remarks>ICMP has no ports: <see cref="LowPort"/> holds the type (of the request, for request and reply),
/// <see cref="HighPort"/> the code of a message without reply, plus <see cref="SentByHigh"/> when the higher address
/// sent the message or request, so that errors or requests in opposite directions are two flows. Everything but the
/// addresses is packed in two words, as keys are compared and hashed for every packet.</remarks>
internal readonly record struct FlowKey
{
    /// <summary>Flag in <see cref="HighPort"/>: the higher address sent this ICMP request, or message without a
    /// reply.</summary>
    public const ushort SentByHigh = 0x100;

    // Odd, with irregular bits: primes of xxHash64.
    private const ulong First = 0x9E37_79B1_85EB_CA87;
    private const ulong Second = 0xC2B2_AE3D_27D4_EB4F;
    private const ulong Third = 0x1656_67B1_9E37_79F9;
    private const ulong Fourth = 0x85EB_CA77_C2B2_AE63;
    private const ulong Fifth = 0x27D4_EB2F_1656_67C5;
    private const ulong Sixth = 0xD6E8_FEB8_6659_FD93;

    private const int UpperShift = 48;
    private const int MiddleShift = 32;

    /// <summary>From the top: low port, high port, unused, transport.</summary>
    private readonly ulong _ports;

    /// <summary>From the top: capture point, tunnel, VLANs.</summary>
    private readonly ulong _encapsulation;

    public FlowKey(IpAddress low, IpAddress high, ushort lowPort, ushort highPort, VlanTags vlan, ushort point,
        IpProtocol transport, ushort tunnel)
        : this(low, high, PortsOf(lowPort, highPort, transport), EncapsulationOf(vlan, point, tunnel))
    {
    }

    private FlowKey(IpAddress low, IpAddress high, ulong ports, ulong encapsulation) =>
        (Low, High, _ports, _encapsulation) = (low, high, ports, encapsulation);

    /// <summary>The key of two ends, whichever is the lower, without capture point and tunnel.</summary>
    public static FlowKey Between(Endpoint one, Endpoint other, VlanTags vlan, IpProtocol transport)
    {
        var (low, high) = one.CompareTo(other) <= 0 ? (one, other) : (other, one);
        return new FlowKey(low.Address, high.Address, low.Port, high.Port, vlan, 0, transport, 0);
    }

    /// <summary>The lower address.</summary>
    public IpAddress Low { get; }

    /// <summary>The higher address.</summary>
    public IpAddress High { get; }

    public ushort LowPort => (ushort)(_ports >> UpperShift);

    public ushort HighPort => (ushort)(_ports >> MiddleShift);

    public IpAddress AddressOf(Side side) => side == Side.Low ? Low : High;

    /// <summary>Address and port of a side, if <see cref="Transport"/> has ports.</summary>
    public Endpoint EndpointOf(Side side) =>
        side == Side.Low ? new Endpoint(Low, LowPort) : new Endpoint(High, HighPort);

    public ushort Point => (ushort)(_encapsulation >> UpperShift);

    public IpProtocol Transport => new((byte)_ports);

    /// <summary>Number of the tunnel; 0 without.</summary>
    public ushort Tunnel => (ushort)(_encapsulation >> MiddleShift);

    public VlanTags Vlan => VlanTags.FromBits((uint)_encapsulation);

    /// <summary>The key of a packet.</summary>
    /// <param name="packet">A packet with a transport layer.</param>
    /// <param name="point">Index of the capture point.</param>
    /// <param name="sender">The side that is the packet's source.</param>
    public static FlowKey Of(in DecodedPacket packet, ushort point, out Side sender) => Of(
        packet.Source, packet.SourcePort, packet.Destination, packet.DestinationPort, packet.Protocol,
        EncapsulationOf(packet.Vlan, point, packet.Tunnel), out sender);

    /// <summary>The same for a packet other than ICMP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FlowKey OfEndpoints(in DecodedPacket packet, ushort point, out Side sender) => OfEndpoints(
        packet.Source, packet.SourcePort, packet.Destination, packet.DestinationPort, packet.Protocol,
        EncapsulationOf(packet.Vlan, point, packet.Tunnel), out sender);

    /// <summary>The key of the packet quoted by an ICMP error.</summary>
    public static FlowKey OfQuoted(in DecodedPacket packet, ushort point, out Side sender) => Of(
        packet.QuotedSource, packet.QuotedSourcePort, packet.QuotedDestination, packet.QuotedDestinationPort,
        packet.QuotedProtocol, EncapsulationOf(packet.Vlan, point, packet.Tunnel), out sender);

    /// <inheritdoc />
    public bool Equals(FlowKey other) => Matches(other);

    /// <summary><see cref="Equals(FlowKey)"/> without copying.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(in FlowKey other) =>
        ((Low.Low ^ other.Low.Low) | (High.Low ^ other.High.Low) | (Low.High ^ other.Low.High)
            | (High.High ^ other.High.High)
            | (_ports ^ other._ports) | (_encapsulation ^ other._encapsulation)) == 0;

    /// <inheritdoc />
    public override int GetHashCode() => (int)Hash();

    /// <summary>A hash of all parts for tables, with well-mixed low and high bits; seeded per process
    /// (<see cref="SeededHash"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Hash() => (uint)SeededHash.Of(Low.Low, High.Low, Low.High, High.High, _ports, _encapsulation);

    /// <summary>A digest of all parts, the same in every run; its high bits are well mixed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Digest()
    {
        // The products are independent, and the first halves of IPv4 addresses are zero.
        var sum = (Low.Low * First) + (High.Low * Second) + (_ports * Fifth) + (_encapsulation * Sixth);
        return (Low.High | High.High) == 0 ? sum : sum + (Low.High * Third) + (High.High * Fourth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FlowKey Of(
        IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort, IpProtocol transport,
        ulong encapsulation, out Side sender)
    {
        return transport.IsIcmp
            ? OfIcmp(source, (byte)sourcePort, destination, (byte)destinationPort, transport, encapsulation, out sender)
            : OfEndpoints(source, sourcePort, destination, destinationPort, transport, encapsulation, out sender);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FlowKey OfEndpoints(
        IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort, IpProtocol transport,
        ulong encapsulation, out Side sender)
    {
        var isLow = source.High != destination.High
            ? source.High < destination.High
            : source.Low != destination.Low ? source.Low < destination.Low : sourcePort <= destinationPort;
        sender = Sides.LowIf(isLow);

        var low = new IpAddress(isLow ? source.High : destination.High, isLow ? source.Low : destination.Low);
        var high = new IpAddress(isLow ? destination.High : source.High, isLow ? destination.Low : source.Low);
        var ports = PortsOf(isLow ? sourcePort : destinationPort, isLow ? destinationPort : sourcePort, transport);
        return new FlowKey(low, high, ports, encapsulation);
    }

    private static FlowKey OfIcmp(IpAddress source, byte type, IpAddress destination, byte code, IpProtocol transport,
        ulong encapsulation, out Side sender)
    {
        var isLow = source.CompareTo(destination) <= 0;
        sender = Sides.LowIf(isLow);
        var (low, high) = isLow ? (source, destination) : (destination, source);
        if (!IcmpPairing.TryPair(transport, type, out var request, out _))
            return new FlowKey(low, high, PortsOf(type, (ushort)(isLow ? code : code | SentByHigh), transport),
                encapsulation);
        var requestedByLow = isLow == (type == request) || low == high;
        return new FlowKey(low, high, PortsOf(request, requestedByLow ? (ushort)0 : SentByHigh, transport),
            encapsulation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PortsOf(ushort lowPort, ushort highPort, IpProtocol transport) =>
        ((ulong)lowPort << UpperShift) | ((ulong)highPort << MiddleShift) | transport.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EncapsulationOf(VlanTags vlan, ushort point, ushort tunnel) =>
        ((ulong)point << UpperShift) | ((ulong)tunnel << MiddleShift) | vlan.Bits;
}
