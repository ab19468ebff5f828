using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Rdp;

/// <summary>Recognises Remote Desktop's UDP transport ([MS-RDPEUDP] 2.2.2.1, 3.1.5.1.1, 3.1.5.1.3) by its opening
/// datagrams: flag SYN, sizes within narrow limits, and no acknowledgment from the client. Later datagrams are TLS or
/// DTLS.</summary>
internal sealed class RdpUdpRecogniser : TwoSidedRecogniser
{
    /// <summary>Header and opening data, in bytes.</summary>
    private const int OpeningLength = 16;

    private const int Syn = 0x0001;
    private const int Acknowledgement = 0x0004;

    /// <summary>Other flags allowed: lossy, correlation id, extended opening ([MS-RDPEUDP] 2.2.2.1).</summary>
    private const int OtherOpeningFlags = 0x0200 | 0x0800 | 0x1000;

    private const uint NothingReceived = 0xFFFF_FFFF;
    private const int LeastMtu = 1132;
    private const int GreatestMtu = 1232;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < OpeningLength)
            return SideMatch.Mismatch;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        var isOpening = (flags & Syn) != 0 && (flags & ~(Syn | Acknowledgement | OtherOpeningFlags)) == 0;
        if (!isOpening || !IsMtu(bytes[12..]) || !IsMtu(bytes[14..]))
            return SideMatch.Mismatch;
        if ((flags & Acknowledgement) != 0)
            return SideMatch.Reply;
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) == NothingReceived ? SideMatch.Request : SideMatch.Mismatch;
    }

    private static bool IsMtu(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes) is >= LeastMtu and <= GreatestMtu;
}
