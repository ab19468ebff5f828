using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Routing;

/// <summary>Recognises LDP by the first PDU and its message with consistent lengths (RFC 5036 §3.1, §3.5): hellos over
/// UDP, sessions over TCP. Either side may open a session.</summary>
internal sealed class LdpRecogniser : IRecogniser
{
    private const int HeadLength = 18;
    private const int VersionAndLength = 4;

    /// <summary>LDP identifier, after the PDU's length.</summary>
    private const int IdentifierLength = 6;
    private const int MessageHeader = 4;
    private const ushort Version = 1;
    private const ushort Hello = 0x0100;
    private const ushort Initialisation = 0x0200;

    /// <summary>Longest PDU before negotiation (RFC 5036 §3.5.3).</summary>
    private const int MaximumLength = 4096;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == 0;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return new TwoSidedMatch(Weigh(conversation.FromOriginator),
                Weigh(conversation.FromResponder)).Answer(IpProtocol.Tcp, ref recognition);
        if (!SentDatagram.TryTake(conversation, out var datagram) || Weigh(datagram.Payload) != SideMatch.EitherSide)
            return RecogniserAnswer.NoMatch;
        var isHello = TypeOf(datagram.Payload) == Hello
            && datagram.IsFilledBy(VersionAndLength + BinaryPrimitives.ReadUInt16BigEndian(datagram.Payload[2..]));
        return isHello ? RecogniserAnswer.Match : RecogniserAnswer.NoMatch;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (bytes[0] != 0 || (bytes.Length > 1 && bytes[1] != Version))
            return SideMatch.Mismatch;
        if (bytes.Length < HeadLength)
            return SideMatch.Partial;
        var unit = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var message = BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]);
        var hasSpace =
            unit <= MaximumLength && message >= MessageHeader && message + MessageHeader + IdentifierLength <= unit;
        return hasSpace && BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) != 0 && IsKnown(bytes, unit, message)
            ? SideMatch.EitherSide
            : SideMatch.Mismatch;
    }

    private static ushort TypeOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]);

    /// <summary>Hello and initialisation fill their PDU; a stream joined in the middle begins with any message (RFC
    /// 5036 §3.7), which others may follow.</summary>
    private static bool IsKnown(ReadOnlySpan<byte> bytes, int unit, int message) => TypeOf(bytes) switch
    {
        Hello or Initialisation or 0x0201 or 0x0001 => message + MessageHeader + IdentifierLength == unit,
        0x0300 or 0x0301 or (>= 0x0400 and <= 0x0404) => true,
        _ => false,
    };
}
