using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>A packet of the NetBIOS name service (RFC 1002 §4.2), viewed in place. It has the form of DNS; its first
/// name is what no DNS message has.</summary>
internal readonly ref struct NbnsMessage
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 12;

    /// <summary>Type and class behind a name.</summary>
    private const int TypeLength = 4;
    private const ushort ResponseBit = 0x8000;
    private const ushort Internet = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private NbnsMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>
    /// True when <paramref name="bytes"/> hold a header with an operation that exists and the first name with its type
    /// and class. The name is proof enough to let the counts be what they like.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NbnsMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var candidate = new NbnsMessage(bytes);
        error = ParseError.BadValue;
        if (candidate.Opcode is not (0 or 5 or 6 or 7 or 8 or 9 or 15))
            return false;
        error = NetBiosName.Measure(bytes[HeaderLength..], out var length);
        if (error != ParseError.None)
            return false;
        error = ParseError.Incomplete;
        var rest = bytes[(HeaderLength + length)..];
        if (rest.Length < TypeLength)
            return false;
        error = ParseError.BadValue;
        if (!IsKnownType(BinaryPrimitives.ReadUInt16BigEndian(rest))
            || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) != Internet)
            return false;
        message = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>True for an answer, wait-for-acknowledgement included.</summary>
    public bool IsResponse => (Flags & ResponseBit) != 0;

    /// <summary>Operation: query 0, registration 5, release 6, wait 7, refresh 8 (and 9, which some send), multihomed
    /// registration 15.</summary>
    public int Opcode => (Flags >> 11) & 0xF;

    private ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>NULL, NB and NBSTAT (RFC 1002 §4.2.1.3). A and NS only stand in redirections, behind a name, and are
    /// DNS's elsewhere.</summary>
    public static bool IsKnownType(ushort type) => type is 0x0A or 0x20 or 0x21;
}
