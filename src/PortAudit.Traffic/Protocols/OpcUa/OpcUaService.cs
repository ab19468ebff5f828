using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.OpcUa;

/// <summary>The sides of OPC UA's services, by the identifier of a message's type (OPC 10000-6 annex A,
/// NodeIds).</summary>
internal static class OpcUaService
{
    /// <summary>Encodings of an identifier with a namespace byte and two bytes (OPC 10000-6 §5.2.2.9).</summary>
    private const byte FourBytes = 1;

    private const ushort ServiceFault = 397;

    /// <summary>How far the identifier of a reply is above that of its request.</summary>
    private const int ReplyOffset = 3;

    /// <summary>Requests in binary encoding.</summary>
    private static ReadOnlySpan<ushort> Requests =>
    [
        422, 428, 437, 446, 452, 461, 467, 473, 479, 488, 494, 500, 506, 527, 533, 554, 560, 566, 615, 621, 631,
        664, 673, 700, 712, 751, 763, 769, 775, 781, 787, 793, 799, 826, 832, 841, 847
    ];

    /// <summary>The sender of a message that begins so; either side when unknown.</summary>
    public static SideMatch SideOf(ReadOnlySpan<byte> message)
    {
        if (message.Length < 4 || message[0] != FourBytes || message[1] != 0)
            return SideMatch.EitherSide;
        var type = BinaryPrimitives.ReadUInt16LittleEndian(message[2..]);
        if (Requests.Contains(type))
            return SideMatch.Request;
        return type == ServiceFault || Requests.Contains((ushort)(type - ReplyOffset))
            ? SideMatch.Reply
            : SideMatch.EitherSide;
    }
}
