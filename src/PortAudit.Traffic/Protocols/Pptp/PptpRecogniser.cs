using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Pptp;

/// <summary>Recognises PPTP control connections by the first message (RFC 2637 §2): length, type 1, magic cookie,
/// message kind.</summary>
internal sealed class PptpRecogniser : TwoSidedRecogniser
{
    private const ushort ControlMessage = 1;
    private const uint MagicCookie = 0x1A2B_3C4D;

    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < PptpMessage.HeaderLength)
            return Agrees(stream) ? SideMatch.Partial : SideMatch.Mismatch;
        var length = BinaryPrimitives.ReadUInt16BigEndian(stream);
        var isHead = length is >= PptpMessage.MinimumLength and <= PptpMessage.MaximumLength
            && BinaryPrimitives.ReadUInt16BigEndian(stream[2..]) == ControlMessage
            && BinaryPrimitives.ReadUInt32BigEndian(stream[4..]) == MagicCookie
            && BinaryPrimitives.ReadUInt16BigEndian(stream[10..]) == 0;
        return isHead ? SideOf(BinaryPrimitives.ReadUInt16BigEndian(stream[8..])) : SideMatch.Mismatch;
    }

    private static bool Agrees(ReadOnlySpan<byte> stream)
    {
        var rest = stream[Math.Min(stream.Length, 2)..];
        ReadOnlySpan<byte> expected = [0, (byte)ControlMessage, 0x1A, 0x2B, 0x3C, 0x4D, 0];
        return stream[0] == 0 && rest.CommonPrefixLength(expected) >= Math.Min(rest.Length, expected.Length);
    }

    /// <summary>The client starts, calls and clears; the server replies and notifies. Either stops and sends echo
    /// requests, and a server may call in (§2).</summary>
    private static SideMatch SideOf(ushort kind) => kind switch
    {
        1 or 7 or 12 => SideMatch.Request,
        2 or 8 or 13 or 14 => SideMatch.Reply,
        >= 3 and <= 6 or >= 9 and <= 11 or 15 => SideMatch.EitherSide,
        _ => SideMatch.Mismatch,
    };
}
