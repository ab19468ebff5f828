using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>A protocol tower (C706 appendix L, [MS-RPCE] 2.2.1.2): an interface and its endpoint.</summary>
/// <param name="Interface">UUID of the interface.</param>
/// <param name="Sequence">Its protocol sequence.</param>
/// <param name="Port">The port reported by the server, perhaps 0; 0 for
/// <see cref="RpcProtocolSequence.WithoutPort"/>.</param>
internal readonly record struct RpcTower(Guid Interface, RpcProtocolSequence Sequence, ushort Port)
{
    /// <summary>Floors at most: [MS-RPCE] 2.2.1.2.4 requires rejecting more.</summary>
    public const int MaximumFloors = 6;

    /// <summary>Mandatory floors: interface, transfer syntax, RPC protocol, and the protocol below.</summary>
    private const int LeastFloors = 4;

    /// <summary>Protocol identifiers of floors (C706 appendix I, [MS-RPCE] 2.2.1.2.4, [MS-RPCH] 2.2.1).</summary>
    private const byte Uuid = 0x0D;
    private const byte Tcp = 0x07;
    private const byte Udp = 0x08;
    private const byte Datagrams = 0x0A;
    private const byte Connections = 0x0B;
    private const byte Http = 0x1F;

    /// <summary>Left side of a UUID floor: identifier, UUID, major version.</summary>
    private const int UuidSideLength = 19;
    private const int UuidLength = 16;

    /// <summary>True for a tower whose floors fill the bytes, the first two naming interface and transfer syntax. The
    /// host address on the fifth floor is ignored, as required by [MS-RPCE] 2.2.1.2.4.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RpcTower tower, out ParseError error)
    {
        tower = default;
        error = ParseError.Incomplete;
        if (bytes.Length < sizeof(ushort))
            return false;
        var floors = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        error = ParseError.BadValue;
        if (floors is < LeastFloors or > MaximumFloors)
            return false;
        bytes = bytes[sizeof(ushort)..];
        var candidate = default(RpcTower);
        byte protocol = 0;
        for (var floor = 1; floor <= floors; floor++)
        {
            error = ParseError.Incomplete;
            if (!TryReadSide(ref bytes, out var left) || !TryReadSide(ref bytes, out var right))
                return false;
            error = ParseError.BadValue;
            if (left.IsEmpty || (floor <= 2 && (left[0] != Uuid || left.Length != UuidSideLength)))
                return false;
            if (floor == 1)
                candidate = candidate with { Interface = new Guid(left.Slice(1, UuidLength)) };
            else if (floor == 3)
                protocol = left[0];
            else if (floor == 4 && SequenceOf(protocol, left[0]) is not RpcProtocolSequence.WithoutPort and var sequence
                && right.Length == sizeof(ushort))
                candidate = candidate with { Sequence = sequence, Port = BinaryPrimitives.ReadUInt16BigEndian(right) };
        }

        error = ParseError.BadLength;
        if (!bytes.IsEmpty)
            return false;
        tower = candidate;
        error = ParseError.None;
        return true;
    }

    private static RpcProtocolSequence SequenceOf(byte protocol, byte transport) => (protocol, transport) switch
    {
        (Connections, Tcp) => RpcProtocolSequence.Tcp,
        (Connections, Http) => RpcProtocolSequence.Http,
        (Datagrams, Udp) => RpcProtocolSequence.Udp,
        _ => RpcProtocolSequence.WithoutPort,
    };

    /// <summary>Reads a side of a floor: two bytes of length, then data.</summary>
    private static bool TryReadSide(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> side)
    {
        side = default;
        if (bytes.Length < sizeof(ushort))
            return false;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (bytes.Length < sizeof(ushort) + length)
            return false;
        side = bytes.Slice(sizeof(ushort), length);
        bytes = bytes[(sizeof(ushort) + length)..];
        return true;
    }
}
