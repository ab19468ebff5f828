using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.EtherNetIp;

/// <summary>A packet of EtherNet/IP's encapsulation (The CIP Networks Library volume 2, §2-3), viewed in place.
/// </summary>
internal readonly ref struct EncapsulationPacket
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 24;

    /// <summary>Commands (table 2-3.2).</summary>
    private const int NoOperation = 0x00;
    private const int ListTargets = 0x01; // of older controllers
    private const int ListServices = 0x04;
    private const int ListIdentity = 0x63;
    private const int ListInterfaces = 0x64;
    private const int RegisterSession = 0x65;
    private const int UnregisterSession = 0x66;
    private const int SendRequestReply = 0x6F;
    private const int SendUnit = 0x70;

    /// <summary>Interface handle and timeout in front of the items of the last two.</summary>
    private const int InterfaceLength = 6;

    /// <summary>Data without which a packet is not judged, in bytes: up to the type of the first item.</summary>
    private const int LeastData = InterfaceLength + 6;

    /// <summary>Greatest status (table 2-3.3).</summary>
    private const uint GreatestStatus = 0x6A;

    private readonly ReadOnlySpan<byte> _bytes;

    private EncapsulationPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> begin with a header of a known command, with a length that it may
    /// have, no options, and items that fill it as far as present. Excludes what follows. Bytes that agree so far are
    /// <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EncapsulationPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.BadValue;
        if ((bytes.Length > 0 && !IsCommand(bytes[0])) || (bytes.Length > 1 && bytes[1] != 0))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        if (bytes.Length < HeaderLength + Math.Min(length, LeastData))
            return false;
        var read = new EncapsulationPacket(bytes[..Math.Min(bytes.Length, HeaderLength + length)]);
        error = ParseError.BadValue;
        if (!read.IsSound)
            return false;
        packet = read;
        error = ParseError.None;
        return true;
    }

    /// <summary>True when a packet may begin with this byte.</summary>
    public static bool IsCommand(byte first) => first is NoOperation or ListTargets or ListServices
        or (>= ListIdentity and <= UnregisterSession) or SendRequestReply or SendUnit;

    /// <summary>True without data: records of other protocols begin so, too.</summary>
    public bool IsFaint => DataLength == 0;

    /// <summary>True for the question that is sent to all hosts: its bytes are all 0 behind the command, save for the
    /// longest time to answer.</summary>
    public bool AsksAll => _bytes[0] == ListIdentity && DataLength == 0 && !_bytes[14..].ContainsAnyExcept((byte)0);

    /// <summary>Length with the header, in bytes.</summary>
    public int TotalLength => HeaderLength + DataLength;

    /// <summary>Side that sends such a packet.</summary>
    public SideMatch Side => _bytes[0] switch
    {
        ListTargets or ListServices or ListIdentity or ListInterfaces => DataLength == 0 && Status == 0
            ? SideMatch.Request
            : SideMatch.Reply,
        NoOperation => SideMatch.EitherSide,
        RegisterSession => Session == 0 && Status == 0 ? SideMatch.Request : SideMatch.Reply,
        UnregisterSession => SideMatch.EitherSide,
        _ => SideOfItems,
    };

    private int DataLength => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[2..]);

    private uint Session => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[4..]);

    private uint Status => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[8..]);

    private ReadOnlySpan<byte> Data => _bytes[HeaderLength..];

    private bool IsSound
    {
        get
        {
            if (Status > GreatestStatus || BinaryPrimitives.ReadUInt32LittleEndian(_bytes[20..]) != 0)
                return false;
            if (DataLength == 0)
                return IsSoundWithoutData;
            return _bytes[0] switch
            {
                ListTargets or ListServices or ListIdentity or ListInterfaces => PacketItems.AreSound(Data, DataLength),
                RegisterSession => DataLength == 4 && Data is [1, 0, 0, 0],
                SendRequestReply or SendUnit => DataLength > InterfaceLength && IsForCip
                    && PacketItems.AreSound(Data[InterfaceLength..], DataLength - InterfaceLength),
                _ => false,
            };
        }
    }

    /// <summary>A question that belongs to no session, an end of one, or a refusal.</summary>
    private bool IsSoundWithoutData => _bytes[0] switch
    {
        SendRequestReply or SendUnit => Status != 0,
        UnregisterSession => true,
        RegisterSession => false,
        _ => Status == 0 && Session == 0,
    };

    /// <summary>The interface handle of CIP is 0 (§2-4.7).</summary>
    private bool IsForCip => BinaryPrimitives.ReadUInt32LittleEndian(Data) == 0;

    /// <summary>By the service of the message, whose reply has the highest bit set.</summary>
    private SideMatch SideOfItems => DataLength == 0
        ? SideMatch.Reply
        : PacketItems.ServiceOf(Data[InterfaceLength..]) switch
        {
            < 0 => SideMatch.EitherSide,
            < 0x80 => SideMatch.Request,
            _ => SideMatch.Reply,
        };
}
