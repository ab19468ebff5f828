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

    /// <summary>The sender of a message that begins so; either side when unknown.</summary>
    public static SideMatch SideOf(ReadOnlySpan<byte> message)
    {
        if (message.Length < 4 || message[0] != FourBytes || message[1] != 0)
            return SideMatch.EitherSide;
        var type = BinaryPrimitives.ReadUInt16LittleEndian(message[2..]);
        if (IsRequest(type))
            return SideMatch.Request;
        return type == ServiceFault || IsRequest(type - ReplyOffset)
            ? SideMatch.Reply
            : SideMatch.EitherSide;
    }

    /// <summary>True for a request in binary encoding.</summary>
    private static bool IsRequest(int type) => type is 422 or 428 or 437 or 446 or 452 or 461 or 467 or 473 or 479
        or 488 or 494 or 500 or 506 or 527 or 533 or 554 or 560 or 566 or 615 or 621 or 631 or 664 or 673 or 700 or 712
        or 751 or 763 or 769 or 775 or 781 or 787 or 793 or 799 or 826 or 832 or 841 or 847;
}
