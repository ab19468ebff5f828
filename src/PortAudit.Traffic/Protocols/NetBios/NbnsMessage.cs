using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>A NetBIOS name service packet (RFC 1002 §4.2), viewed in place. It has DNS format, but its first name is no
/// DNS name.</summary>
internal readonly ref struct NbnsMessage
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 12;

    /// <summary>Length of an owner's flags and address, in bytes (RFC 1002 §4.2.13).</summary>
    public const int OwnerLength = 6;

    /// <summary>Type and class after a name.</summary>
    private const int TypeLength = 4;

    /// <summary>Type, class, time to live and length after a record's name.</summary>
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

    /// <summary>True when <paramref name="bytes"/> hold a header with a valid operation and the first name with type
    /// and class. The name is proof enough to ignore the counts.</summary>
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

    /// <summary>Transaction id, repeated in the response.</summary>
    public ushort Transaction => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>True for a response, including wait-for-acknowledgement.</summary>
    public bool IsResponse => (Flags & ResponseBit) != 0;

    /// <summary>Operation (<see cref="NbnsOpcode"/>).</summary>
    public int Opcode => (Flags >> 11) & 0xF;

    /// <summary>RA: in a response, that it comes from a name server.</summary>
    public bool IsOfNameServer => (Flags & RecursionAvailable) != 0;

    /// <summary>B: that the packet was broadcast.</summary>
    public bool IsBroadcast => (Flags & Broadcast) != 0;

    /// <summary>0 without an error.</summary>
    public int ResponseCode => Flags & 0xF;

    /// <summary>True for a question or record about a name's owners; false for node status.</summary>
    public bool AsksForAddresses => BinaryPrimitives.ReadUInt16BigEndian(_behindName) == GeneralName;

    /// <summary>Response: the name's owners, <see cref="OwnerLength"/> bytes each; empty when cut.</summary>
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

    /// <summary>NULL, NB and NBSTAT (RFC 1002 §4.2.1.3). A and NS occur only after a name in redirections, and are DNS
    /// elsewhere.</summary>
    public static bool IsKnownType(ushort type) => type is 0x0A or 0x20 or 0x21;
}
