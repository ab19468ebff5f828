using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>Recognises Oracle's TNS by the packets that open a connection (as in Wireshark): length, two zero
/// checksums, type, and versions or a description.</summary>
internal sealed class TnsRecogniser : TwoSidedRecogniser
{
    private const int HeaderLength = 8;

    /// <summary>Connect: version, compatible version, and so on up to the offset of the description.</summary>
    private const int ConnectLength = 58;

    private const byte Connect = 1;
    private const byte Accept = 2;
    private const byte Refuse = 4;
    private const byte Redirect = 5;
    private const byte Resend = 11;

    /// <summary>Protocol versions since Oracle 7, with headroom.</summary>
    private const int FirstVersion = 300;
    private const int LastVersion = 340;

    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        var isForeign = bytes.Length > 2 && (bytes[2] != 0 || (bytes.Length > 3 && bytes[3] != 0));
        if (isForeign || (bytes.Length > 4 && bytes[4] is not (Connect or Accept or Refuse or Redirect or Resend)))
            return SideMatch.Mismatch;
        if (bytes.Length < HeaderLength)
            return SideMatch.Partial;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (length < HeaderLength || bytes[6] != 0 || bytes[7] != 0)
            return SideMatch.Mismatch;
        var body = bytes[HeaderLength..Math.Max(HeaderLength, Math.Min(bytes.Length, length))];
        return bytes[4] switch
        {
            Connect => WeighConnect(body, length),
            Accept => WeighAccept(body, length),
            Resend => length == HeaderLength ? SideMatch.Reply : SideMatch.Mismatch,
            _ => WeighDescription(body, bytes[4] == Refuse ? 4 : 2, length - HeaderLength),
        };
    }

    /// <summary>Both versions, and a description after the fixed part, within the packet or complete in the next
    /// one.</summary>
    private static SideMatch WeighConnect(ReadOnlySpan<byte> body, int length)
    {
        if (length < ConnectLength - HeaderLength)
            return SideMatch.Mismatch;
        if (body.Length < 20)
            return SideMatch.Partial;
        var offset = BinaryPrimitives.ReadUInt16BigEndian(body[18..]);
        var isSound = IsVersion(body) && IsVersion(body[2..]) && offset >= 26 && offset <= length;
        return isSound ? SideMatch.Request : SideMatch.Mismatch;
    }

    private static SideMatch WeighAccept(ReadOnlySpan<byte> body, int length)
    {
        if (length < HeaderLength + 16)
            return SideMatch.Mismatch;
        if (body.Length < 16)
            return SideMatch.Partial;
        return IsVersion(body) && BinaryPrimitives.ReadUInt16BigEndian(body[12..]) <= length
            ? SideMatch.Reply
            : SideMatch.Mismatch;
    }

    /// <summary>A length and a parenthesised text.</summary>
    private static SideMatch WeighDescription(ReadOnlySpan<byte> body, int offset, int length)
    {
        if (length <= offset)
            return SideMatch.Mismatch;
        if (body.Length <= offset)
            return SideMatch.Partial;
        return body[offset] == '(' && BinaryPrimitives.ReadUInt16BigEndian(body[(offset - 2)..]) <= length
            ? SideMatch.Reply
            : SideMatch.Mismatch;
    }

    private static bool IsVersion(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes) is >= FirstVersion and <= LastVersion;
}
