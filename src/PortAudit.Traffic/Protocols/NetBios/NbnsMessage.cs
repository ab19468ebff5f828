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

    /// <summary>Length of flags and address of one who has a name, in bytes (RFC 1002 §4.2.13).</summary>
    public const int OwnerLength = 6;

    /// <summary>Type and class behind a name.</summary>
    private const int TypeLength = 4;

    /// <summary>Type, class, time to live and length behind the name of a record.</summary>
    private const int RecordHeaderLength = TypeLength + 6;
    private const ushort ResponseBit = 0x8000;
    private const ushort RecursionAvailable = 0x0080;
    private const ushort Broadcast = 0x0010;
    private const ushort GeneralName = 0x20;
    private const ushort Internet = 1;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<byte> _behindName;

    private NbnsMessage(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> behindName)
    {
        _bytes = bytes;
        _behindName = behindName;
    }

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
        error = ParseError.BadValue;
        if (!NbnsOpcode.IsDefined(new NbnsMessage(bytes, default).Opcode))
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
        message = new NbnsMessage(bytes, rest);
        error = ParseError.None;
        return true;
    }

    /// <summary>What the answer to a request repeats.</summary>
    public ushort Transaction => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>True for an answer, wait-for-acknowledgement included.</summary>
    public bool IsResponse => (Flags & ResponseBit) != 0;

    /// <summary>Operation (<see cref="NbnsOpcode"/>).</summary>
    public int Opcode => (Flags >> 11) & 0xF;

    /// <summary>RA: in an answer, that a name server sent it.</summary>
    public bool IsOfNameServer => (Flags & RecursionAvailable) != 0;

    /// <summary>B: that the packet went to all nodes.</summary>
    public bool IsBroadcast => (Flags & Broadcast) != 0;

    /// <summary>0 without an error.</summary>
    public int ResponseCode => Flags & 0xF;

    /// <summary>True for the question, or the record, of who has a name; false for that of a node's status.</summary>
    public bool AsksForAddresses => BinaryPrimitives.ReadUInt16BigEndian(_behindName) == GeneralName;

    /// <summary>In an answer, those who have the name, of <see cref="OwnerLength"/> bytes each; empty when they were
    /// cut.</summary>
    public ReadOnlySpan<byte> Owners
    {
        get
        {
            if (!AsksForAddresses || _behindName.Length < RecordHeaderLength)
                return [];
            var length = BinaryPrimitives.ReadUInt16BigEndian(_behindName[(RecordHeaderLength - 2)..]);
            var owners = _behindName[RecordHeaderLength..];
            return owners.Length < length ? [] : owners[..length];
        }
    }

    private ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>NULL, NB and NBSTAT (RFC 1002 §4.2.1.3). A and NS only stand in redirections, behind a name, and are
    /// DNS's elsewhere.</summary>
    public static bool IsKnownType(ushort type) => type is 0x0A or 0x20 or 0x21;
}
