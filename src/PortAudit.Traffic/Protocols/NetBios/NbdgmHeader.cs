using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>A NetBIOS datagram service packet (RFC 1002 §4.4), viewed in place up to its names.</summary>
internal readonly ref struct NbdgmHeader
{
    /// <summary>Length of the header common to all packets, in bytes: type, flags, identifier, source address and
    /// port.</summary>
    public const int HeaderLength = 10;

    /// <summary>Length including a datagram's length and offset, before its names.</summary>
    private const int DatagramHeaderLength = HeaderLength + 4;

    /// <summary>The service's port (RFC 1002 §4.4), also a datagram's source port.</summary>
    private const ushort Port = 138;

    /// <summary>RFC 1002 §4.4.1: flags that are always 0.</summary>
    private const byte ReservedFlags = 0xF0;
    private const int ErrorLength = HeaderLength + 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private NbdgmHeader(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> userData)
    {
        _bytes = bytes;
        UserData = userData;
    }

    /// <summary>True when <paramref name="bytes"/> hold a packet with the names required by its type, or an error. User
    /// data may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NbdgmHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if ((NbdgmType)bytes[0] is < NbdgmType.DirectUnique or > NbdgmType.NegativeQueryResponse)
            return false;
        var candidate = new NbdgmHeader(bytes, default);

        // Windows 95 sets a reserved flag in datagrams; the two names are proof enough.
        if (!candidate.IsDatagram && (bytes[1] & ReservedFlags) != 0)
            return false;
        var rest = candidate.IsDatagram ? bytes[Math.Min(bytes.Length, DatagramHeaderLength)..] : bytes[HeaderLength..];
        error =
            candidate.Type == NbdgmType.Error ? CheckError(bytes) : TakeNames(ref rest, candidate.IsDatagram ? 2 : 1);
        if (error != ParseError.None)
            return false;
        header = new NbdgmHeader(bytes, candidate.IsDatagram ? rest : default);
        return true;
    }

    /// <summary>True for the header of an unfragmented datagram that fills <paramref name="bytes"/> and came from the
    /// service's port (RFC 1002 §4.4.1, §4.4.2): nearly sixty fixed bits, even if the names are damaged.</summary>
    public static bool IsDatagramThatFills(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < DatagramHeaderLength)
            return false;
        var header = new NbdgmHeader(bytes, default);
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[HeaderLength..]);
        var offset = BinaryPrimitives.ReadUInt16BigEndian(bytes[(HeaderLength + 2)..]);
        return header.IsDatagram && (bytes[1] & ReservedFlags) == 0 && header.SourcePort == Port
            && length == bytes.Length - DatagramHeaderLength && offset == 0;
    }

    /// <summary>Type of the packet.</summary>
    public NbdgmType Type => (NbdgmType)_bytes[0];

    /// <summary>The datagram's source address, as written by the sender.</summary>
    public ReadOnlySpan<byte> SourceAddress => _bytes.Slice(4, 4);

    /// <summary>The datagram's source port, as written by the sender.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>Captured data after a datagram's two names; empty in other packets.</summary>
    public ReadOnlySpan<byte> UserData { get; }

    private bool IsDatagram => Type is NbdgmType.DirectUnique or NbdgmType.DirectGroup or NbdgmType.Broadcast;

    /// <summary>Error codes 0x82 to 0x84 (RFC 1002 §4.4.3); the packet ends with them.</summary>
    private static ParseError CheckError(ReadOnlySpan<byte> bytes) =>
        bytes.Length == ErrorLength && bytes[HeaderLength] is >= 0x82 and <= 0x84
            ? ParseError.None
            : ParseError.BadValue;

    private static ParseError TakeNames(ref ReadOnlySpan<byte> rest, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var error = NetBiosName.Measure(rest, out var length);
            if (error != ParseError.None)
                return error;
            rest = rest[length..];
        }

        return ParseError.None;
    }
}
